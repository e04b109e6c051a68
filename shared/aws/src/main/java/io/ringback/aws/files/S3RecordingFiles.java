package io.ringback.aws.files;

import io.ringback.core.port.RecordingFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Recordings in an S3 bucket, below a prefix. Never run against S3 so far: no emulator of it is part of the tests. */
final class S3RecordingFiles implements RecordingFiles {
    private final S3Client s3;
    private final String bucket;
    private final String prefix;

    /** @param prefix without a slash at either end; may be empty */
    S3RecordingFiles(S3Client s3, String bucket, String prefix) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public void store(String key, Path file, String contentType) throws IOException {
        try {
            s3.putObject(
                    put -> put.bucket(bucket).key(object(key)).contentType(contentType), RequestBody.fromFile(file));
        } catch (SdkException e) {
            throw new IOException("cannot store the recording " + key, e);
        }
    }

    @Override
    public Optional<Long> size(String key) throws IOException {
        try {
            return Optional.of(
                    s3.headObject(head -> head.bucket(bucket).key(object(key))).contentLength());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new IOException("cannot look up the recording " + key, e);
        }
    }

    @Override
    public byte[] read(String key, long offset, int length) throws IOException {
        if (length == 0) {
            return new byte[0];
        }
        String range = "bytes=" + offset + "-" + (offset + length - 1);
        try {
            return s3.getObjectAsBytes(
                            get -> get.bucket(bucket).key(object(key)).range(range))
                    .asByteArray();
        } catch (SdkException e) {
            throw new IOException("cannot read " + range + " of the recording " + key, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            s3.deleteObject(delete -> delete.bucket(bucket).key(object(key)));
        } catch (SdkException e) {
            throw new IOException("cannot delete the recording " + key, e);
        }
    }

    @Override
    public Optional<URI> temporaryLink(String key, Duration validity) {
        S3ServiceClientConfiguration configuration = s3.serviceClientConfiguration();
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(configuration.region())
                .credentialsProvider(configuration.credentialsProvider());
        configuration.endpointOverride().ifPresent(builder::endpointOverride);
        try (S3Presigner presigner = builder.build()) {
            return Optional.of(URI.create(presigner
                    .presignGetObject(presign -> presign.signatureDuration(validity)
                            .getObjectRequest(get -> get.bucket(bucket).key(object(key))))
                    .url()
                    .toExternalForm()));
        }
    }

    private String object(String key) {
        return prefix.isEmpty() ? key : prefix + "/" + key;
    }
}
