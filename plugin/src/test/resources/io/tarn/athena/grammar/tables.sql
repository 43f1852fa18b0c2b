-- Statements of the kinds that people run on their tables, as they are written in the wild: each one must be read.
-- Names of buckets and accounts are made up.

CREATE DATABASE IF NOT EXISTS clickstreams COMMENT 'Site Foo clickstream data aggregates' LOCATION 's3://lake/clickstreams/' WITH DBPROPERTIES ('creator'='Jane D.', 'Dept.'='Marketing analytics');
create schema sampledb;
CREATE DATABASE `my-database`;
ALTER DATABASE jd_datasets SET DBPROPERTIES ('creator'='John Doe', 'department'='applied mathematics');
DROP DATABASE clickstreams;
drop schema if exists scratch cascade;
DROP DATABASE IF EXISTS scratch RESTRICT;

CREATE EXTERNAL TABLE `cost_and_usage`(
  `identity_line_item_id` string,
  `line_item_usage_start_date` timestamp,
  `line_item_unblended_cost` double,
  `resource_tags_user_name` string)
PARTITIONED BY (
  `year` string,
  `month` string)
ROW FORMAT SERDE
  'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
WITH SERDEPROPERTIES (
  'serialization.format' = '1'
) LOCATION
  's3://billing/cur/hourly/hourly/';

MSCK REPAIR TABLE cost_and_usage;

CREATE EXTERNAL TABLE IF NOT EXISTS dynamodb_export (
  Item struct<id:struct<S:string>,
              amount:struct<N:string>,
              tags:struct<SS:array<string>>,
              address:struct<M:struct<city:struct<S:string>>>>
)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://exports/AWSDynamoDB/01602000000000-abcdef/data/'
TBLPROPERTIES ('has_encrypted_data'='true');

CREATE EXTERNAL TABLE IF NOT EXISTS dynamodb_ion (item STRUCT <id: STRING, price: DECIMAL(10,2), seen: TIMESTAMP>)
ROW FORMAT SERDE 'com.amazon.ionhiveserde.IonHiveSerDe'
WITH SERDEPROPERTIES ("ion.item.path_extractor" = "(Item)", 'ion.path_extractor.case_sensitive'='false')
STORED AS ION
LOCATION 's3://exports/ion/';

CREATE EXTERNAL TABLE city_ion (id INT, name STRING)
STORED AS
INPUTFORMAT 'com.amazon.ionhiveserde.formats.IonInputFormat'
OUTPUTFORMAT 'com.amazon.ionhiveserde.formats.IonOutputFormat'
LOCATION 's3://ion/city/'
TBLPROPERTIES ('ion.encoding' = 'BINARY', 'compression_level'=6);

CREATE EXTERNAL TABLE `enigma_jhu`(
  `fips` string,
  `admin2` string,
  `province_state` string,
  `country_region` string,
  `last_update` string,
  `latitude` double,
  `longitude` double,
  `confirmed` int,
  `deaths` int,
  `recovered` int,
  `active` int,
  `combined_key` string COMMENT 'from deserializer')
ROW FORMAT SERDE
  'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES (
  'escapeChar'='\\',
  'quoteChar'='\"',
  'separatorChar'=',')
STORED AS INPUTFORMAT
  'org.apache.hadoop.mapred.TextInputFormat'
OUTPUTFORMAT
  'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION
  's3://covid/jhu/csv'
TBLPROPERTIES (
  'UPDATED_BY_CRAWLER'='covid',
  'areColumnsQuoted'='false',
  'classification'='csv',
  'columnsOrdered'='true',
  'delimiter'=',',
  'skip.header.line.count'='1',
  'typeOfData'='file');

CREATE EXTERNAL TABLE IF NOT EXISTS gdelt.events (
  `globaleventid` INT,`day` INT,`monthyear` INT,`year` INT,`fractiondate` FLOAT,
  `actor1code` string,`actor1name` string,`isrootevent` BOOLEAN,`eventcode` string,
  `goldsteinscale` FLOAT,`nummentions` INT,`avgtone` FLOAT,`dateadded` INT,`sourceurl` string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe'
WITH SERDEPROPERTIES ('serialization.format' = '	','field.delim' = '	')
LOCATION 's3://gdelt/events/';

CREATE EXTERNAL TABLE IF NOT EXISTS opencsv_sep (col1 string, col2 string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde'
WITH SERDEPROPERTIES (
   'separatorChar' = ',',
   'quoteChar' = '`',
   'escapeChar' = '\\'
   )
STORED AS TEXTFILE
LOCATION 's3://csv/test1/';

CREATE EXTERNAL TABLE taxi (
    vendorid int,
    tpep_pickup_datetime timestamp,
    trip_distance double,
    store_and_fwd_flag char(1),
    fare decimal(8,2),
    note varchar(200) COMMENT 'what the driver''s app says'
)
STORED AS PARQUET
LOCATION 's3://taxi/parquet/'
tblproperties ("parquet.compression"="SNAPPY");

CREATE EXTERNAL TABLE flights_orc (yr INT, quarter INT, div1airport string)
PARTITIONED BY (year string)
STORED AS ORC
LOCATION 's3://flights/orc/'
tblproperties ("orc.compress"="ZLIB", "orc.column.index.access"="false");

CREATE EXTERNAL TABLE flights_tsv (yr INT, carrier STRING)
PARTITIONED BY (`year` STRING)
ROW FORMAT DELIMITED
 FIELDS TERMINATED BY '\t'
 ESCAPED BY '\\'
 LINES TERMINATED BY '\n'
LOCATION 's3://flights/tsv/';

CREATE EXTERNAL TABLE flights_avro
PARTITIONED BY (year STRING)
ROW FORMAT
SERDE
'org.apache.hadoop.hive.serde2.avro.AvroSerDe'
WITH SERDEPROPERTIES ('avro.schema.literal'='
{
   "type" : "record",
   "name" : "flights",
   "namespace" : "database",
   "fields" : [ {
      "name" : "yr",
      "type" : [ "null", "int" ],
      "default" : null
   }, {
      "name" : "carrier",
      "type" : [ "null", "string" ],
      "default" : null
   } ]
}
')
STORED AS AVRO
LOCATION 's3://flights/avro/';

CREATE EXTERNAL TABLE nested_text (
  id int,
  tags array<string>,
  attributes map<string, array<int>>
)
ROW FORMAT DELIMITED
  FIELDS TERMINATED BY '\001'
  COLLECTION ITEMS TERMINATED BY '\u0002'
  MAP KEYS TERMINATED BY ':'
  NULL DEFINED AS '\\N'
STORED AS TEXTFILE
LOCATION "s3://text/nested/";

create external table default.customer (
c_custkey integer,

c_name string,

c_acctbal double precision
)
stored as textfile
row format delimited fields terminated by '|' null defined as ''
location 's3://tpch/customer/'
;

CREATE EXTERNAL TABLE bucketed_impressions (
    requestbegintime string, adid string, impressionid string)
CLUSTERED BY (adid, impressionid) SORTED BY (adid ASC, impressionid DESC) INTO 24 BUCKETS
STORED AS PARQUET
LOCATION 's3://impressions/bucketed/';

CREATE EXTERNAL TABLE impressions (
    requestBeginTime string, adId string, impressionId string, referrer string,
    timers struct<modelLookup:string, requestTime:string>, threadId string)
PARTITIONED BY (dt string)
ROW FORMAT serde 'org.apache.hive.hcatalog.data.JsonSerDe'
with serdeproperties ( 'paths'='requestBeginTime, adId, impressionId, referrer', 'timestamp.formats'='yyyy-MM-dd\'T\'HH:mm:ss.SSS' )
LOCATION 's3://impressions/json/' ;

ALTER TABLE impressions ADD COLUMNS (browserCookie string, `userCookie` string COMMENT 'hashed');
ALTER TABLE impressions PARTITION (dt='2009-04-12-13-00') ADD COLUMNS (ip string);
ALTER TABLE names_cities REPLACE COLUMNS (first_name string, last_name string, city string);
ALTER TABLE orders ADD PARTITION (dt = '2016-05-14', country = 'IN');
ALTER TABLE orders ADD
  PARTITION (dt = '2016-05-31', country = 'IN') LOCATION 's3://orders/india/31_may_2016/'
  PARTITION (dt = '2016-06-01', country = 'IN')
  PARTITION (year=2016, month=06) LOCATION 's3://orders/by-number/';
ALTER TABLE orders DROP PARTITION (dt = '2014-05-14', country = 'IN');
ALTER TABLE orders DROP IF EXISTS PARTITION (dt = '2014-05-14', country = 'IN'), PARTITION (dt = '2014-05-15', country = 'IN');
ALTER TABLE orders DROP PARTITION (dt < '2014-01-01');
ALTER TABLE orders PARTITION (dt = '2014-05-14', country = 'IN') RENAME TO PARTITION (dt = '2014-05-15', country = 'IN');
ALTER TABLE customers PARTITION (zip='98040', state='WA') SET LOCATION 's3://customers/wa/98040';
ALTER TABLE customers SET LOCATION "s3://customers/";
ALTER TABLE orders SET TBLPROPERTIES ('notes'="Please don't drop this table.");
ALTER TABLE csv_table SET TBLPROPERTIES ("skip.header.line.count"="1", 'projection.year.range'='2019,NOW', "compressionType"=none);

CREATE TABLE iceberg_table (
  id bigint,
  data string,
  category string)
PARTITIONED BY (category, bucket(16,id))
LOCATION 's3://warehouse/iceberg-folder'
TBLPROPERTIES (
  'table_type'='ICEBERG',
  'format'='parquet',
  'write_compression'='ZSTD',
  'compression_level'=9,
  'optimize_rewrite_delete_file_threshold'='10'
);
CREATE TABLE IF NOT EXISTS iceberg_db.events (event_id string, `event_ts` timestamp, payload struct<a:int, b:array<string>>, ds date)
PARTITIONED BY (month(event_ts), truncate(4, event_id), truncate(event_id, 4), hour(`event_ts`), ds)
LOCATION 's3://warehouse/events/' TBLPROPERTIES ( 'table_type' ='ICEBERG' );
ALTER TABLE iceberg_table RENAME TO iceberg_table2;
ALTER TABLE iceberg_table SET TBLPROPERTIES ('format'='orc', 'vacuum_min_snapshots_to_keep'='3');
ALTER TABLE iceberg_table UNSET TBLPROPERTIES ('write_compression', 'format');
ALTER TABLE iceberg_table ADD COLUMNS (comment string, points map<string, struct<x: double, y: double>>);
ALTER TABLE iceberg_table DROP COLUMN userid;
ALTER TABLE iceberg_table CHANGE comment blog_comment string AFTER id;
ALTER TABLE iceberg_table CHANGE COLUMN `id` id bigint COMMENT 'promoted' FIRST;
OPTIMIZE iceberg_table REWRITE DATA USING BIN_PACK WHERE catalog = 'c1';
optimize "iceberg_db"."events" rewrite data using bin_pack;
VACUUM iceberg_db.events;

CREATE EXTERNAL TABLE
  delta_table
LOCATION 's3://delta/table/'
TBLPROPERTIES ('table_type' = 'DELTA');

CREATE EXTERNAL TABLE `hudi_cow`(
  `_hoodie_commit_time` string,
  `_hoodie_record_key` string,
  _hoodie_file_name string,
  `event_id` string)
PARTITIONED BY (`event_type` string)
ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'
STORED AS INPUTFORMAT 'org.apache.hudi.hadoop.HoodieParquetInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat'
LOCATION 's3://hudi/cow/';

CREATE external TABLE IF NOT EXISTS counties (Name string, BoundaryShape binary)
ROW FORMAT SERDE 'com.esri.hadoop.hive.serde.EsriJsonSerDe'
STORED AS INPUTFORMAT 'com.esri.json.hadoop.EnclosedEsriJsonInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://geo/counties/';

CREATE EXTERNAL TABLE injected_projection (device_id STRING /* by which it is asked */, `value` DOUBLE) -- readings
PARTITIONED BY (device_group STRING, `hour` INT)
ROW FORMAT DELIMITED FIELDS TERMINATED BY ';' ESCAPED BY '\;'
LOCATION 's3://devices/'
TBLPROPERTIES ('projection.enabled'=true, 'projection.device_group.type'='injected',
  'projection.hour.type'='integer', 'projection.hour.range'='0,23', "projection.hour.digits" = 2,
  'storage.location.template'='s3://devices/${device_group}/${hour}/');

CREATE EXTERNAL TABLE 2020_census (_state string, 1st int, "quoted" bigint) STORED AS RCFILE LOCATION 's3://census/2020/';
CREATE EXTERNAL TABLE words (timestamp timestamp, date date, time string, type string, location string, comment string,
  user string, order int, group string, long double, year int, month int, day int, table string, row int, end string,
  start string, start_ int, from string, to string, partition int, values array<int>, interval int, value string, language string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' LOCATION 's3://words/';

SHOW COLUMNS FROM sampledb.cloudfront_logs;
SHOW COLUMNS IN orders FROM customers;
SHOW CREATE TABLE orderclickstoday;
SHOW CREATE VIEW "sampledb"."orders_by_date";
SHOW DATABASES;
show schemas like '.*analytics';
SHOW PARTITIONS flight_delays_csv;
show partitions db.orders partition (dt='2014-05-14');
SHOW TABLES;
SHOW TABLES IN sampledb;
SHOW TABLES IN sampledb '*flights*';
show tables 'elb_*|alb_*';
SHOW TBLPROPERTIES orders;
SHOW TBLPROPERTIES orders('notes');
SHOW VIEWS;
SHOW VIEWS IN marketing_analytics LIKE 'orders*|sales*';
DESCRIBE impressions;
DESCRIBE FORMATTED default.impressions;
describe extended impressions partition (dt='2009-04-12-13-00') timers.modelLookup;
desc cloudtrail_logs resources.$elem$.arn;
DESCRIBE nested_text attributes.'$value$'.'$elem$';
DROP TABLE fruit;
DROP TABLE IF EXISTS `default.fruit`;
DROP TABLE `awsdatacatalog`.`default`.`fruit`;
DROP VIEW IF EXISTS orders_by_date;
MSCK REPAIR TABLE `logs-db`.`impressions`
