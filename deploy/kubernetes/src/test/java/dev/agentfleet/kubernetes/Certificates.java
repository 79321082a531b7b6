package dev.agentfleet.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An authority of its own and a broker's certificate signed by it, made by the JDK's keytool. */
record Certificates(Path brokerStore, Path authority) {
    static final String PASSWORD = "changeit";

    private static final String AUTHORITY = "authority";
    private static final String BROKER = "broker";

    static Certificates in(Path directory) throws IOException, InterruptedException {
        Path authority = directory.resolve("authority.p12");
        Path broker = directory.resolve("broker.p12");
        Path pem = directory.resolve("ca.crt");
        Path request = directory.resolve("broker.csr");
        Path signed = directory.resolve("broker.crt");
        pair(authority, AUTHORITY, "CN=Test authority", "bc:c");
        pair(broker, BROKER, "CN=localhost", "san=ip:127.0.0.1,dns:localhost");
        keytool(authority, "-exportcert", "-rfc", "-alias", AUTHORITY, "-file", pem.toString());
        keytool(broker, "-certreq", "-alias", BROKER, "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-rfc",
                "-alias",
                AUTHORITY,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString());
        keytool(broker, "-importcert", "-noprompt", "-alias", AUTHORITY, "-file", pem.toString());
        keytool(broker, "-importcert", "-noprompt", "-alias", BROKER, "-file", signed.toString());
        return new Certificates(broker, pem);
    }

    private static void pair(Path store, String alias, String name, String extension)
            throws IOException, InterruptedException {
        keytool(store, "-genkeypair", "-alias", alias, "-keyalg", "EC", "-dname", name, "-ext", extension);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }
}
