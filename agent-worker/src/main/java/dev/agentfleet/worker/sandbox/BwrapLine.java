package dev.agentfleet.worker.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a sandbox: the programs it is made with, and what is the same for all. It holds no variable and no
 * content of a file: everybody on the machine can read it.
 *
 * @param setpriv gives up the rights of root; null when the worker has none
 * @param user the one it becomes then
 * @param bwrap bubblewrap
 * @param prlimit sets the limits
 * @param readOnly what programs see besides the system
 */
record BwrapLine(@Nullable Path setpriv, int user, Path bwrap, Path prlimit, List<Path> readOnly) {

    /** Where the program works. */
    static final String WORK = "/work";

    /** Of {@code /etc}, what programs need to find libraries, names and certificates; nothing that a service keeps there. */
    private static final List<String> ETC = List.of(
            "alternatives",
            "ca-certificates",
            "crypto-policies",
            "group",
            "host.conf",
            "hosts",
            "ld.so.cache",
            "ld.so.conf",
            "ld.so.conf.d",
            "localtime",
            "mime.types",
            "nsswitch.conf",
            "passwd",
            "pki/ca-trust",
            "pki/tls/certs",
            "protocols",
            "resolv.conf",
            "services",
            "ssl/certs",
            "ssl/openssl.cnf",
            "timezone");

    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");

    /** @param inputs where the input files lie; null: there are none */
    List<String> of(List<String> argv, @Nullable Path inputs, WorkerLimits limits, boolean network) {
        var line = new ArrayList<String>();
        if (setpriv != null) {
            String id = Integer.toString(user);
            line.addAll(List.of(setpriv.toString(), "--reuid", id, "--regid", id, "--clear-groups", "--"));
        }
        line.add(bwrap.toString());
        line.addAll(List.of("--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc"));
        line.addAll(List.of("--unshare-uts", "--hostname", "sandbox", "--unshare-cgroup-try"));
        if (!network) {
            line.add("--unshare-net");
        }
        line.addAll(List.of("--as-pid-1", "--die-with-parent", "--new-session"));
        SYSTEM.forEach(path -> readOnly(line, path));
        ETC.forEach(name -> readOnly(line, "/etc/" + name));
        readOnly.forEach(path -> readOnly(line, path.toString()));
        String disk = Long.toString(limits.disk());
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--size", disk, "--tmpfs", "/dev/shm"));
        line.addAll(List.of("--remount-ro", "/dev", "--size", disk, "--tmpfs", "/tmp"));
        line.addAll(List.of("--size", disk, "--tmpfs", WORK));
        if (inputs != null) {
            line.addAll(List.of("--ro-bind", inputs.toString(), StartScript.INPUT));
        }
        line.addAll(List.of("--remount-ro", "/", "--chdir", WORK, "--"));
        line.addAll(LimitsLine.of(prlimit, limits));
        line.addAll(List.of("/bin/sh", "-c", StartScript.TEXT, "sh"));
        line.addAll(argv);
        return line;
    }

    private static void readOnly(List<String> line, String path) {
        line.addAll(List.of("--ro-bind-try", path, path));
    }
}
