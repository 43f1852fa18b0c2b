package io.tarn.server.thrift;

import org.apache.thrift.TBase;
import org.apache.thrift.TFieldIdEnum;
import org.apache.thrift.TFieldRequirementType;
import org.apache.thrift.TUnion;
import org.apache.thrift.meta_data.EnumMetaData;
import org.apache.thrift.meta_data.FieldMetaData;
import org.apache.thrift.meta_data.FieldValueMetaData;
import org.apache.thrift.meta_data.StructMetaData;
import org.apache.thrift.protocol.TType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Values of the generated classes with nothing in them but what they must have.
 */
final class LeastValues
{
    private LeastValues() {}

    static Object of(Class<?> type)
            throws ReflectiveOperationException
    {
        if (type == boolean.class) {
            return false;
        }
        if (type == int.class) {
            return 0;
        }
        if (type == long.class) {
            return 0L;
        }
        if (type == short.class) {
            return (short) 0;
        }
        if (type == String.class) {
            return "x";
        }
        if (type == List.class) {
            return new ArrayList<>();
        }
        if (type == Map.class) {
            return new HashMap<>();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return struct(type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object struct(Class type)
            throws ReflectiveOperationException
    {
        TBase value = (TBase) type.getConstructor().newInstance();
        Map<TFieldIdEnum, FieldMetaData> fields = FieldMetaData.getStructMetaDataMap(type);
        for (Map.Entry<TFieldIdEnum, FieldMetaData> field : fields.entrySet()) {
            if (field.getValue().requirementType == TFieldRequirementType.REQUIRED || value instanceof TUnion) {
                value.setFieldValue(field.getKey(), of(field.getValue().valueMetaData));
                if (value instanceof TUnion) {
                    break;
                }
            }
        }
        return value;
    }

    private static Object of(FieldValueMetaData field)
            throws ReflectiveOperationException
    {
        // the generated classes were made with a number for enums that the library no longer has
        if (field instanceof EnumMetaData enumeration) {
            return enumeration.enumClass.getEnumConstants()[0];
        }
        return switch (field.type) {
            case TType.BOOL -> false;
            case TType.BYTE -> (byte) 0;
            case TType.I16 -> (short) 0;
            case TType.I32 -> 0;
            case TType.I64 -> 0L;
            case TType.DOUBLE -> 0.0;
            case TType.STRING -> field.isBinary() ? new byte[0] : "x";
            case TType.LIST -> new ArrayList<>();
            case TType.SET -> new HashSet<>();
            case TType.MAP -> new HashMap<>();
            case TType.STRUCT -> struct(((StructMetaData) field).structClass);
            default -> throw new IllegalArgumentException("type " + field.type);
        };
    }
}
