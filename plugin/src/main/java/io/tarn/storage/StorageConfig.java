package io.tarn.storage;

import io.airlift.configuration.Config;
import io.airlift.configuration.ConfigDescription;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;

import java.nio.file.Path;
import java.util.Optional;

public class StorageConfig
{
    public enum Kind
    {
        /**
         * Any S3 endpoint, configured by the {@code s3.*} keys of Trino's S3 file system.
         */
        S3,
        /**
         * A folder of this machine in which every bucket is a folder.
         */
        LOCAL,
    }

    private Kind kind = Kind.S3;
    private Optional<Path> localRoot = Optional.empty();

    @NotNull
    public Kind getKind()
    {
        return kind;
    }

    @Config("storage.kind")
    @ConfigDescription("Where s3:// locations are: s3 (an S3 endpoint) or local (a folder of this machine)")
    public StorageConfig setKind(Kind kind)
    {
        this.kind = kind;
        return this;
    }

    @NotNull
    public Optional<Path> getLocalRoot()
    {
        return localRoot;
    }

    @Config("storage.local.root")
    @ConfigDescription("The folder in which a bucket is a folder; for storage.kind=local")
    public StorageConfig setLocalRoot(Path localRoot)
    {
        this.localRoot = Optional.ofNullable(localRoot);
        return this;
    }

    @AssertTrue(message = "storage.kind=local needs storage.local.root, the folder in which a bucket is a folder; storage.kind=s3 takes none")
    public boolean isLocalRootGivenForLocal()
    {
        return (kind == Kind.LOCAL) == localRoot.isPresent();
    }
}
