package dev.agentfleet.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;

/**
 * Makes nullness part of the wire contract: a record component of a contract or agent record that is not
 * {@code @Nullable} must be there and must not be null.
 */
final class PresenceRule extends NopAnnotationIntrospector {

    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
        return member instanceof AnnotatedParameter parameter && isPresent(parameter) ? Boolean.TRUE : null;
    }

    @Override
    public JsonSetter.Value findSetterInfo(Annotated annotated) {
        return annotated instanceof AnnotatedParameter parameter
                        && isPresent(parameter)
                        && parameter.getRawType() != Payload.class
                ? JsonSetter.Value.forValueNulls(Nulls.FAIL)
                : JsonSetter.Value.empty();
    }

    private static boolean isPresent(AnnotatedParameter parameter) {
        Class<?> owner = parameter.getDeclaringClass();
        if (!owner.isRecord()
                || !owner.getPackage().isAnnotationPresent(org.jspecify.annotations.NullMarked.class)
                || !(parameter.getOwner().getMember() instanceof Executable creator)) {
            return false;
        }
        AnnotatedType[] types = creator.getAnnotatedParameterTypes();
        return parameter.getIndex() < types.length && !types[parameter.getIndex()].isAnnotationPresent(Nullable.class);
    }
}
