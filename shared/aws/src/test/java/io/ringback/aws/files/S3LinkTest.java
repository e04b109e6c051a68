package io.ringback.aws.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The link is made here, without S3; whether S3 takes it was never tried. */
class S3LinkTest {
    @Test
    void aLinkNamesTheObjectAndExpires() {
        try (S3Client s3 = S3Client.builder()
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .build()) {
            URI link = new S3RecordingFiles(s3, "bucket", "recordings")
                    .temporaryLink("call/r1.wav", Duration.ofMinutes(10))
                    .orElseThrow();

            assertThat(link).hasScheme("https").hasHost("bucket.s3.eu-central-1.amazonaws.com");
            assertThat(link).hasPath("/recordings/call/r1.wav");
            assertThat(link.getQuery()).contains("X-Amz-Expires=600").contains("X-Amz-Signature=");
            assertThat(link.toString()).doesNotContain("secret");
        }
    }
}
