package dev.agentfleet.worker.agents.repair;

import dev.agentfleet.worker.project.ProjectFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Edits that belong together. Each is looked for in the files as they were, not as another edit leaves them, so their order
 * does not matter; none may overlap another. Either all are applied or none is.
 */
final class Edits {

    private final List<Edit> edits;

    Edits(List<Edit> edits) {
        this.edits = List.copyOf(edits);
    }

    /** What came of them. */
    sealed interface Result {

        /** All were applied. */
        record Applied(ProjectFiles changed) implements Result {}

        /**
         * None was applied.
         *
         * @param problems one for each edit that cannot be; names files, quotes nothing else
         */
        record Mismatch(List<String> problems) implements Result {}
    }

    /** Where an edit belongs. */
    private record Place(int number, int from, Edit edit) {
        int to() {
            return from + edit.find().length();
        }
    }

    /**
     * Applies them.
     *
     * @param fixed paths of files that must stay as they are
     */
    Result applyTo(ProjectFiles files, Set<String> fixed) {
        var problems = new ArrayList<String>();
        var places = new TreeMap<String, List<Place>>();
        for (int i = 0; i < edits.size(); i++) {
            Edit edit = edits.get(i);
            String problem = problemOf(edit, files.text(edit.file()), fixed);
            if (problem != null) {
                problems.add("edit " + (i + 1) + " " + problem);
                continue;
            }
            int from = String.valueOf(files.text(edit.file())).indexOf(edit.find());
            places.computeIfAbsent(edit.file(), path -> new ArrayList<>()).add(new Place(i + 1, from, edit));
        }
        places.values().forEach(list -> overlaps(list, problems));
        return problems.isEmpty() ? apply(files, places) : new Result.Mismatch(problems);
    }

    private static Result apply(ProjectFiles files, Map<String, List<Place>> places) {
        var changed = new TreeMap<String, String>();
        places.forEach((path, list) -> changed.put(path, replaced(String.valueOf(files.text(path)), list)));
        try {
            var _ = files.with(changed);
            return new Result.Applied(new ProjectFiles(changed));
        } catch (IllegalArgumentException e) {
            return new Result.Mismatch(List.of("the edited project is too large; " + e.getMessage()));
        }
    }

    private static @Nullable String problemOf(Edit edit, @Nullable String text, Set<String> fixed) {
        if (text == null) {
            return "names a file that the project does not have";
        }
        String where = "(" + edit.file() + "): ";
        if (fixed.contains(edit.file())) {
            return where + "this file must stay as it is";
        }
        if (edit.find().isEmpty()) {
            return where + "find must not be empty";
        }
        if (edit.find().equals(edit.replace())) {
            return where + "find and replace must differ";
        }
        int first = text.indexOf(edit.find());
        if (first < 0) {
            return where + "find is not in the file; it must be there exactly once, to the last space";
        }
        return text.indexOf(edit.find(), first + 1) < 0
                ? null
                : where
                        + "find is in the file more than once; it must be there exactly once, so take in more of what is"
                        + " around it";
    }

    private static void overlaps(List<Place> places, List<String> problems) {
        places.sort(Comparator.comparingInt(Place::from));
        for (int i = 1; i < places.size(); i++) {
            Place before = places.get(i - 1);
            Place place = places.get(i);
            if (place.from() < before.to()) {
                problems.add(
                        "edit " + place.number() + " (" + place.edit().file() + "): overlaps edit " + before.number());
            }
        }
    }

    /** @param places in the order of the text */
    private static String replaced(String text, List<Place> places) {
        var edited = new StringBuilder();
        int from = 0;
        for (Place place : places) {
            edited.append(text, from, place.from()).append(place.edit().replace());
            from = place.to();
        }
        return edited.append(text, from, text.length()).toString();
    }
}
