"""What a user of boto3 does with a catalogue; prints what came of it as JSON."""
import json
import sys

import boto3
from botocore.config import Config

glue = boto3.client('glue', endpoint_url=sys.argv[1], config=Config(retries={'total_max_attempts': 1}))
answers = {}


def refused(name, call, **arguments):
    try:
        call(**arguments)
        answers[name] = 'nothing was refused'
    except glue.exceptions.ClientError as e:
        answers[name] = [type(e).__name__, e.response['Error']['Code'], e.response['ResponseMetadata']['HTTPStatusCode']]


# databases and their tags
glue.create_database(DatabaseInput={'Name': 'Lake', 'Description': 'ünïcode', 'Parameters': {'a': 'b'}}, Tags={'team': 'tarn'})
answers['database'] = glue.get_database(Name='lake')['Database']['Description']
answers['tags'] = glue.get_tags(ResourceArn='arn:aws:glue:us-east-1:000000000000:database/lake')['Tags']
refused('second database', glue.create_database, DatabaseInput={'Name': 'lake'})

# tables, their versions, and two that update one
table = {
    'Name': 'visits',
    'TableType': 'EXTERNAL_TABLE',
    'PartitionKeys': [{'Name': 'year', 'Type': 'int'}, {'Name': 'page', 'Type': 'string'}],
    'StorageDescriptor': {'Columns': [{'Name': 'id', 'Type': 'bigint'}], 'Location': 's3://lake/visits/'},
}
glue.create_table(DatabaseName='lake', TableInput=table, PartitionIndexes=[{'IndexName': 'by_page', 'Keys': ['page', 'year']}])
found = glue.get_table(DatabaseName='lake', Name='VISITS')['Table']
answers['version'] = found['VersionId']
answers['created'] = found['CreateTime'].tzinfo is not None and found['CreateTime'] <= found['UpdateTime']
glue.update_table(DatabaseName='lake', TableInput={**table, 'Description': 'first'}, VersionId=found['VersionId'])
refused('second update', glue.update_table, DatabaseName='lake', TableInput={**table, 'Description': 'second'}, VersionId=found['VersionId'])
answers['description'] = glue.get_table(DatabaseName='lake', Name='visits')['Table']['Description']
answers['versions'] = [it['VersionId'] for page in glue.get_paginator('get_table_versions').paginate(DatabaseName='lake', TableName='visits', PaginationConfig={'PageSize': 1}) for it in page['TableVersions']]
answers['search'] = [it['Name'] for it in glue.search_tables(SearchText='visits')['TableList']]

# partitions
inputs = [{'Values': [str(year), page], 'StorageDescriptor': table['StorageDescriptor']} for year in range(2000, 2010) for page in ('a', "b'c")]
answers['errors'] = glue.batch_create_partition(DatabaseName='lake', TableName='visits', PartitionInputList=inputs)['Errors']
again = glue.batch_create_partition(DatabaseName='lake', TableName='visits', PartitionInputList=inputs[:1])['Errors']
answers['again'] = again[0]['ErrorDetail']['ErrorCode']
pages = list(glue.get_paginator('get_partitions').paginate(DatabaseName='lake', TableName='visits', Expression="year BETWEEN 2003 AND 2005 AND page = 'b''c'", PaginationConfig={'PageSize': 2}))
answers['pages'] = [[it['Values'] for it in page['Partitions']] for page in pages]
segments = [glue.get_partitions(DatabaseName='lake', TableName='visits', Segment={'SegmentNumber': number, 'TotalSegments': 3}, ExcludeColumnSchema=True)['Partitions'] for number in range(3)]
answers['segments'] = sum(len(segment) for segment in segments)
answers['columns'] = any(it['StorageDescriptor'].get('Columns') for segment in segments for it in segment)
got = glue.batch_get_partition(DatabaseName='lake', TableName='visits', PartitionsToGet=[{'Values': ['2000', 'a']}, {'Values': ['1999', 'a']}])
answers['got'] = [it['Values'] for it in got['Partitions']]
answers['unprocessed'] = [it['Values'] for it in got.get('UnprocessedKeys', [])]
glue.batch_delete_partition(DatabaseName='lake', TableName='visits', PartitionsToDelete=[{'Values': it['Values']} for it in inputs[:2]])
refused('wrong expression', glue.get_partitions, DatabaseName='lake', TableName='visits', Expression='year ===')
refused('deleted partition', glue.get_partition, DatabaseName='lake', TableName='visits', PartitionValues=['2000', 'a'])

# statistics
statistics = {
    'ColumnName': 'id',
    'ColumnType': 'bigint',
    'AnalyzedTime': found['CreateTime'],
    'StatisticsData': {'Type': 'LONG', 'LongColumnStatisticsData': {'MinimumValue': 1, 'MaximumValue': 2 ** 63 - 1, 'NumberOfNulls': 0, 'NumberOfDistinctValues': 7}},
}
answers['statistics errors'] = glue.update_column_statistics_for_table(DatabaseName='lake', TableName='visits', ColumnStatisticsList=[statistics]).get('Errors', [])
answers['statistics'] = glue.get_column_statistics_for_table(DatabaseName='lake', TableName='visits', ColumnNames=['id'])['ColumnStatisticsList'][0]['StatisticsData']

# functions
glue.create_user_defined_function(DatabaseName='lake', FunctionInput={'FunctionName': 'f', 'ClassName': 'org.example.F', 'OwnerName': 'me', 'OwnerType': 'USER'})
answers['function'] = glue.get_user_defined_functions(DatabaseName='lake', Pattern='*')['UserDefinedFunctions'][0]['ClassName']

# what is not there, and what is not served
refused('absent table', glue.get_table, DatabaseName='lake', Name='none')
refused('long name', glue.create_database, DatabaseInput={'Name': 'x' * 256})
refused('crawler', glue.start_crawler, Name='c')
glue.delete_database(Name='lake')
answers['databases'] = glue.get_databases()['DatabaseList']
print(json.dumps(answers))
