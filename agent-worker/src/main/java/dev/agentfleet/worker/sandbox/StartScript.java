package dev.agentfleet.worker.sandbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the shell does that is the first process in a sandbox. It copies the input files, reads the variables from its stdin,
 * where no list of processes shows them, and finds the program. It says in one line on stdout what came of it, and once the
 * worker has answered with a line, the program has stdin and stdout for itself. The shell stays, to bury the dead, and
 * ends with the program's exit code; all else in the sandbox ends with the shell.
 */
final class StartScript {

    /** The program is about to run. */
    static final String RUNS = "runs";
    /** There is none of that name. */
    static final String MISSING = "missing";
    /** It may not be executed. */
    static final String DENIED = "denied";
    /** The input files did not fit. */
    static final String FULL = "full";

    /** Where the input files are. */
    static final String INPUT = "/input";

    static final String TEXT = """
            echo 1000 2>/dev/null >/proc/self/oom_score_adj
            if [ -d /input ]; then cp -RP /input/. . || { echo full; exit 1; }; fi
            __fleet_variables=
            while IFS= read -r __fleet_line; do
              case $__fleet_line in
                =*) __fleet_variables="$__fleet_variables${__fleet_line#=}
            " ;;
                *) break ;;
              esac
            done
            eval "$__fleet_variables"
            __fleet_found= __fleet_denied=
            __fleet_try() {
              [ -f "$1" ] || return 1
              if [ -x "$1" ]; then __fleet_found=$1; else __fleet_denied=$1; return 1; fi
            }
            case $1 in
              */*) __fleet_try "$1" ;;
              *) __fleet_path=$PATH:
                while [ -n "$__fleet_path" ] && ! __fleet_try "${__fleet_path%%:*}/$1"; do __fleet_path=${__fleet_path#*:}; done ;;
            esac
            [ -n "$__fleet_found" ] || { if [ -n "$__fleet_denied" ]; then echo denied; else echo missing; fi; exit 1; }
            shift
            echo runs
            read -r __fleet_line || exit 1
            "$__fleet_found" "$@"
            exit $?
            """;

    /** How the names of its own variables begin. */
    private static final String OWN = "__fleet_";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private StartScript() {}

    /** Whether the shell can pass on a variable of this name. */
    static boolean canPass(String name) {
        return NAME.matcher(name).matches() && !name.startsWith(OWN);
    }

    /** What the script reads as the variables. */
    static String variables(Map<String, String> environment) {
        var lines = new StringBuilder();
        new TreeMap<>(environment).forEach((name, value) -> {
            String statement = "export " + name + "='" + value.replace("'", "'\\''") + "'";
            lines.append('=').append(statement.replace("\n", "\n=")).append('\n');
        });
        return lines.append('\n').toString();
    }
}
