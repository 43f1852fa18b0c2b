/*
 * Athena's DDL and utility statements, those of Hive's tables and of Iceberg's.
 *
 * Queries, and the statements that Athena refuses, are told by how they begin (Beginnings)
 * and do not come here. Almost every word is a name where a name is expected: Athena's own list of reserved words is
 * longer than what its parser holds people to.
 */
grammar AthenaDdl;

options { caseInsensitive = true; }

singleStatement
    : statement EOF
    ;

singleType
    : type EOF
    ;

statement
    : CREATE (DATABASE | SCHEMA) (IF NOT EXISTS)? databaseName databaseClause*          # createDatabase
    | ALTER (DATABASE | SCHEMA) databaseName SET DBPROPERTIES properties                # alterDatabaseProperties
    | DROP (DATABASE | SCHEMA) (IF EXISTS)? databaseName (RESTRICT | CASCADE)?          # dropDatabase
    | CREATE EXTERNAL? TABLE (IF NOT EXISTS)? tableName columnList? tableClause*        # createTable
    | DROP TABLE (IF EXISTS)? droppedTable PURGE?                                       # dropTable
    | DROP VIEW (IF EXISTS)? viewName                                                   # dropView
    | ALTER TABLE tableName alteration                                                  # alterTable
    | MSCK REPAIR TABLE tableName                                                       # repairTable
    | SHOW (DATABASES | SCHEMAS) (LIKE? text)?                                          # showDatabases
    | SHOW TABLES ((IN | FROM) databaseName)? (LIKE? text)?                             # showTables
    | SHOW VIEWS ((IN | FROM) databaseName)? (LIKE? text)?                              # showViews
    | SHOW COLUMNS (IN | FROM) tableName ((IN | FROM) databaseName)?                    # showColumns
    | SHOW PARTITIONS tableName partitionSpec?                                          # showPartitions
    | SHOW TBLPROPERTIES tableName ('(' text ')')?                                      # showTableProperties
    | SHOW CREATE TABLE tableName                                                       # showCreateTable
    | SHOW CREATE VIEW viewName                                                         # showCreateView
    | (DESCRIBE | DESC) VIEW viewName                                                   # describeView
    | (DESCRIBE | DESC) (EXTENDED | FORMATTED)? tableName partitionSpec? columnPath?    # describeTable
    | OPTIMIZE tableName REWRITE DATA USING BIN_PACK                                    # optimizeTable
    | VACUUM tableName                                                                  # vacuumTable
    ;

alteration
    : ADD COLUMNS columnList RESTRICT?                              # addColumns
    | REPLACE COLUMNS columnList RESTRICT?                          # replaceColumns
    | CHANGE COLUMN? columnName columnDefinition columnPosition?    # changeColumn
    | DROP COLUMN columnName                                        # dropColumn
    | ADD (IF NOT EXISTS)? partitionLocation+                       # addPartitions
    | DROP (IF EXISTS)? partitionFilter (',' partitionFilter)*      # dropPartitions
    | SET LOCATION text                                             # setLocation
    | SET TBLPROPERTIES properties                                  # setTableProperties
    | UNSET TBLPROPERTIES (IF EXISTS)? propertyKeys                 # unsetTableProperties
    | RENAME TO tableName                                           # renameTable
    | partitionSpec ADD COLUMNS columnList RESTRICT?                # addPartitionColumns
    | partitionSpec REPLACE COLUMNS columnList RESTRICT?            # replacePartitionColumns
    | partitionSpec SET LOCATION text                               # setPartitionLocation
    | partitionSpec RENAME TO partitionSpec                         # renamePartition
    ;

databaseClause
    : COMMENT text                        # databaseComment
    | LOCATION text                       # databaseLocation
    | WITH DBPROPERTIES properties        # databaseProperties
    ;

tableClause
    : COMMENT text                                                                           # tableComment
    | PARTITIONED BY '(' partitionField (',' partitionField)* ')'                            # partitionedBy
    | CLUSTERED BY columnNames sortedBy? INTO wholeNumber BUCKETS                            # clusteredBy
    | ROW FORMAT DELIMITED delimiter*                                                        # delimited
    | ROW FORMAT SERDE text                                                                  # serde
    | WITH SERDEPROPERTIES properties                                                        # serdeProperties
    | STORED AS INPUTFORMAT text OUTPUTFORMAT text                                           # storedAsClasses
    | STORED AS formatName                                                                   # storedAsName
    | LOCATION text                                                                          # tableLocation
    | TBLPROPERTIES properties                                                               # tableProperties
    ;

delimiter
    : FIELDS TERMINATED BY text               # fieldsTerminated
    | ESCAPED BY text                         # escaped
    | COLLECTION ITEMS TERMINATED BY text     # collectionItemsTerminated
    | MAP KEYS TERMINATED BY text             # mapKeysTerminated
    | LINES TERMINATED BY text                # linesTerminated
    | NULL DEFINED AS text                    # nullDefined
    ;

sortedBy
    : SORTED BY '(' sortColumn (',' sortColumn)* ')'
    ;

sortColumn
    : columnName (ASC | DESC)?
    ;

columnList
    : '(' columnDefinition (',' columnDefinition)* ')'
    ;

columnNames
    : '(' columnName (',' columnName)* ')'
    ;

columnDefinition
    : columnName type (COMMENT text)?
    ;

columnPosition
    : FIRST
    | AFTER columnName
    ;

partitionField
    : columnName type (COMMENT text)?                         # partitionColumn
    | columnName                                              # partitionIdentity
    | word '(' anyName (',' anyName)* ')'                      # partitionTransform
    ;

type
    : ARRAY '<' type '>'                                             # arrayType
    | MAP '<' type ',' type '>'                                      # mapType
    | STRUCT '<' structField (',' structField)* '>'                  # structType
    | word PRECISION? ('(' wholeNumber (',' wholeNumber)* ')')?      # primitiveType
    ;

structField
    : fieldName ':' type (COMMENT text)?
    ;

partitionSpec
    : PARTITION '(' partitionValue (',' partitionValue)* ')'
    ;

partitionValue
    : columnName EQUAL constant
    ;

partitionLocation
    : partitionSpec (LOCATION text)?
    ;

partitionFilter
    : PARTITION '(' partitionCondition (',' partitionCondition)* ')'
    ;

partitionCondition
    : columnName comparison constant
    ;

comparison
    : EQUAL
    | NOT_EQUAL
    | '<'
    | LESS_OR_EQUAL
    | '>'
    | GREATER_OR_EQUAL
    ;

constant
    : text                       # textConstant
    | (DATE | TIMESTAMP) text    # textConstant
    | number                     # numberConstant
    | (TRUE | FALSE)             # wordConstant
    | INTEGER ('-' anyName)+     # unquotedConstant
    ;

properties
    : '(' property (',' property)* ')'
    ;

property
    : propertyKey EQUAL propertyValue
    ;

propertyKeys
    : '(' propertyKey (',' propertyKey)* ')'
    ;

propertyKey
    : text
    | word ('.' word)*
    ;

propertyValue
    : text
    | number
    | word
    ;

columnPath
    : columnName ('.' pathStep)*
    ;

pathStep
    : DOLLAR_WORD
    | SINGLE_QUOTED
    | word
    | quoted
    ;

databaseName
    : name ('.' anyName)?
    ;

tableName
    : name ('.' anyName)*
    ;

viewName
    : name ('.' anyName)*
    ;

// the guide has one statement in which names with hyphens stand without quotes
droppedTable
    : tableName
    | hyphenedName ('.' hyphenedName)*
    ;

hyphenedName
    : (IDENTIFIER | INTEGER | nonReserved) ('-' (INTEGER | word))*
    ;

columnName
    : anyName
    ;

fieldName
    : anyName
    ;

formatName
    : word
    ;

text
    : SINGLE_QUOTED
    | DOUBLE_QUOTED
    ;

number
    : ('-' | '+')? (INTEGER | DECIMAL)
    ;

wholeNumber
    : INTEGER
    ;

quoted
    : BACKTICKED
    | DOUBLE_QUOTED
    ;

// where more than a name may stand
name
    : IDENTIFIER
    | INTEGER
    | nonReserved
    | quoted
    ;

// where only a name may stand
anyName
    : word
    | INTEGER
    | quoted
    ;

word
    : IDENTIFIER
    | nonReserved
    | reserved
    ;

nonReserved
    : ADD | AFTER | ALTER | ARRAY | ASC | BIN_PACK | BUCKETS | CASCADE | CHANGE | CLUSTERED | COLLECTION | COLUMN
    | COLUMNS | COMMENT | DATA | DATABASE | DATABASES | DATE | DBPROPERTIES | DEFINED | DELIMITED | DESC | DESCRIBE
    | DOUBLE | DROP | ESCAPED | EXTENDED | EXTERNAL | FALSE | FIELDS | FIRST | FORMAT | FORMATTED | INPUTFORMAT | INTO
    | ITEMS | KEYS | LINES | LOCATION | MAP | MSCK | NULL | OPTIMIZE | OUTPUTFORMAT | PARTITIONED | PARTITIONS
    | PRECISION | PURGE | RENAME | REPAIR | REPLACE | RESTRICT | REWRITE | ROW | SCHEMA | SCHEMAS | SERDE | SERDEPROPERTIES
    | SHOW | SORTED | STORED | STRUCT | TABLES | TBLPROPERTIES | TERMINATED | TIMESTAMP | TRUE | UNSET | USING | VACUUM
    | VIEW | VIEWS
    ;

reserved
    : AS | BY | CREATE | EXISTS | FROM | IF | IN | LIKE | NOT | PARTITION | SET | TABLE | TO | WITH
    ;

ADD: 'ADD';
AFTER: 'AFTER';
ALTER: 'ALTER';
ARRAY: 'ARRAY';
AS: 'AS';
ASC: 'ASC';
BIN_PACK: 'BIN_PACK';
BUCKETS: 'BUCKETS';
BY: 'BY';
CASCADE: 'CASCADE';
CHANGE: 'CHANGE';
CLUSTERED: 'CLUSTERED';
COLLECTION: 'COLLECTION';
COLUMN: 'COLUMN';
COLUMNS: 'COLUMNS';
COMMENT: 'COMMENT';
CREATE: 'CREATE';
DATA: 'DATA';
DATABASE: 'DATABASE';
DATABASES: 'DATABASES';
DATE: 'DATE';
DBPROPERTIES: 'DBPROPERTIES';
DEFINED: 'DEFINED';
DELIMITED: 'DELIMITED';
DESC: 'DESC';
DESCRIBE: 'DESCRIBE';
DOUBLE: 'DOUBLE';
DROP: 'DROP';
ESCAPED: 'ESCAPED';
EXISTS: 'EXISTS';
EXTENDED: 'EXTENDED';
EXTERNAL: 'EXTERNAL';
FALSE: 'FALSE';
FIELDS: 'FIELDS';
FIRST: 'FIRST';
FORMAT: 'FORMAT';
FORMATTED: 'FORMATTED';
FROM: 'FROM';
IF: 'IF';
IN: 'IN';
INPUTFORMAT: 'INPUTFORMAT';
INTO: 'INTO';
ITEMS: 'ITEMS';
KEYS: 'KEYS';
LIKE: 'LIKE';
LINES: 'LINES';
LOCATION: 'LOCATION';
MAP: 'MAP';
MSCK: 'MSCK';
NOT: 'NOT';
NULL: 'NULL';
OPTIMIZE: 'OPTIMIZE';
OUTPUTFORMAT: 'OUTPUTFORMAT';
PARTITION: 'PARTITION';
PARTITIONED: 'PARTITIONED';
PARTITIONS: 'PARTITIONS';
PRECISION: 'PRECISION';
PURGE: 'PURGE';
RENAME: 'RENAME';
REPAIR: 'REPAIR';
REPLACE: 'REPLACE';
RESTRICT: 'RESTRICT';
REWRITE: 'REWRITE';
ROW: 'ROW';
SCHEMA: 'SCHEMA';
SCHEMAS: 'SCHEMAS';
SERDE: 'SERDE';
SERDEPROPERTIES: 'SERDEPROPERTIES';
SET: 'SET';
SHOW: 'SHOW';
SORTED: 'SORTED';
STORED: 'STORED';
STRUCT: 'STRUCT';
TABLE: 'TABLE';
TABLES: 'TABLES';
TBLPROPERTIES: 'TBLPROPERTIES';
TERMINATED: 'TERMINATED';
TIMESTAMP: 'TIMESTAMP';
TO: 'TO';
TRUE: 'TRUE';
UNSET: 'UNSET';
USING: 'USING';
VACUUM: 'VACUUM';
VIEW: 'VIEW';
VIEWS: 'VIEWS';
WITH: 'WITH';

EQUAL: '=' | '==';
NOT_EQUAL: '<>' | '!=';
LESS_OR_EQUAL: '<=';
GREATER_OR_EQUAL: '>=';

INTEGER: [0-9]+;
DECIMAL: [0-9]+ '.' [0-9]+;
IDENTIFIER: [a-z0-9_\p{L}] [a-z0-9_$\p{L}\p{M}\p{N}]*;
DOLLAR_WORD: '$' [a-z]+ '$';

// strings that touch each other are one, as in Hive
SINGLE_QUOTED: SINGLE (SINGLE | DOUBLED)*;
DOUBLE_QUOTED: DOUBLED (SINGLE | DOUBLED)*;
BACKTICKED: '`' ('``' | ~'`')* '`';

fragment SINGLE: '\'' (~['\\] | '\\' .)* '\'';
fragment DOUBLED: '"' (~["\\] | '\\' .)* '"';

LINE_COMMENT: '--' ~[\r\n]* -> channel(HIDDEN);
BLOCK_COMMENT: '/*' .*? '*/' -> channel(HIDDEN);
BLANK: [\p{White_Space}\uFEFF]+ -> channel(HIDDEN);

// also the beginning of what is not closed: nothing is read after it
UNKNOWN: .;
