package io.tarn.server.glue;

import io.tarn.server.aws.AwsOperation;
import software.amazon.awssdk.services.glue.model.CatalogImportStatus;
import software.amazon.awssdk.services.glue.model.ConnectionPasswordEncryption;
import software.amazon.awssdk.services.glue.model.DataCatalogEncryptionSettings;
import software.amazon.awssdk.services.glue.model.EncryptionAtRest;
import software.amazon.awssdk.services.glue.model.GetCatalogImportStatusRequest;
import software.amazon.awssdk.services.glue.model.GetCatalogImportStatusResponse;
import software.amazon.awssdk.services.glue.model.GetDataCatalogEncryptionSettingsRequest;
import software.amazon.awssdk.services.glue.model.GetDataCatalogEncryptionSettingsResponse;
import software.amazon.awssdk.services.glue.model.GetResourcePolicyRequest;

import java.util.List;

import static io.tarn.server.aws.AwsOperation.operation;
import static io.tarn.server.glue.GlueErrors.entityNotFound;
import static software.amazon.awssdk.services.glue.model.CatalogEncryptionMode.DISABLED;

/**
 * What clients ask of the catalogue as a whole: it is as one of AWS that nobody has set anything for.
 */
final class CatalogSettings
{
    List<AwsOperation<?>> operations()
    {
        return List.of(
                operation("GetDataCatalogEncryptionSettings", GetDataCatalogEncryptionSettingsRequest::builder, _ -> encryption()),
                operation("GetCatalogImportStatus", GetCatalogImportStatusRequest::builder, _ -> importStatus()),
                operation("GetResourcePolicy", GetResourcePolicyRequest::builder, _ -> {
                    throw entityNotFound("Policy not found");
                }));
    }

    private static GetDataCatalogEncryptionSettingsResponse encryption()
    {
        return GetDataCatalogEncryptionSettingsResponse.builder()
                .dataCatalogEncryptionSettings(DataCatalogEncryptionSettings.builder()
                        .encryptionAtRest(EncryptionAtRest.builder().catalogEncryptionMode(DISABLED).build())
                        .connectionPasswordEncryption(ConnectionPasswordEncryption.builder().returnConnectionPasswordEncrypted(false).build())
                        .build())
                .build();
    }

    private static GetCatalogImportStatusResponse importStatus()
    {
        // of a catalogue that Athena had before there was Glue; there is none to import
        return GetCatalogImportStatusResponse.builder()
                .importStatus(CatalogImportStatus.builder().importCompleted(true).build())
                .build();
    }
}
