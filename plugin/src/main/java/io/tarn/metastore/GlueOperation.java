package io.tarn.metastore;

import static java.util.Objects.requireNonNull;

/**
 * The calls made to Glue, under the names of its API: how errors, statistics and JMX name them.
 */
public enum GlueOperation
{
    GET_DATABASE("GetDatabase"),
    GET_DATABASES("GetDatabases"),
    CREATE_DATABASE("CreateDatabase"),
    UPDATE_DATABASE("UpdateDatabase"),
    DELETE_DATABASE("DeleteDatabase"),
    GET_TABLE("GetTable"),
    GET_TABLES("GetTables"),
    CREATE_TABLE("CreateTable"),
    UPDATE_TABLE("UpdateTable"),
    DELETE_TABLE("DeleteTable"),
    GET_PARTITION("GetPartition"),
    GET_PARTITIONS("GetPartitions"),
    BATCH_GET_PARTITION("BatchGetPartition"),
    BATCH_CREATE_PARTITION("BatchCreatePartition"),
    BATCH_UPDATE_PARTITION("BatchUpdatePartition"),
    BATCH_DELETE_PARTITION("BatchDeletePartition"),
    UPDATE_PARTITION("UpdatePartition"),
    DELETE_PARTITION("DeletePartition"),
    GET_COLUMN_STATISTICS_FOR_TABLE("GetColumnStatisticsForTable"),
    UPDATE_COLUMN_STATISTICS_FOR_TABLE("UpdateColumnStatisticsForTable"),
    DELETE_COLUMN_STATISTICS_FOR_TABLE("DeleteColumnStatisticsForTable"),
    GET_COLUMN_STATISTICS_FOR_PARTITION("GetColumnStatisticsForPartition"),
    UPDATE_COLUMN_STATISTICS_FOR_PARTITION("UpdateColumnStatisticsForPartition"),
    DELETE_COLUMN_STATISTICS_FOR_PARTITION("DeleteColumnStatisticsForPartition"),
    GET_USER_DEFINED_FUNCTION("GetUserDefinedFunction"),
    GET_USER_DEFINED_FUNCTIONS("GetUserDefinedFunctions"),
    CREATE_USER_DEFINED_FUNCTION("CreateUserDefinedFunction"),
    UPDATE_USER_DEFINED_FUNCTION("UpdateUserDefinedFunction"),
    DELETE_USER_DEFINED_FUNCTION("DeleteUserDefinedFunction"),
    /**/;

    private final String apiName;

    GlueOperation(String apiName)
    {
        this.apiName = requireNonNull(apiName, "apiName is null");
    }

    public String apiName()
    {
        return apiName;
    }
}
