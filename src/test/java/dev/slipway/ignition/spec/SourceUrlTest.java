package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"https://h/a b?c#d | https | h",
        "HTTP://u:p@h:80/ | http | h:80", "http://[::1]:80/ | http | [::1]:80", "http://[::]/ | http | [::]",
        "http://[fe80::1%25en0]/ | http | [fe80::1%25en0]",
        "http://[::1%25%20ä%25%41]/ | http | [::1%25%20ä%25%41]",
        "http://%c3%a4/ | http | %c3%a4", "http://ä/ | http | ä", "http://a%25b/ | http | a%25b", "http: | http | ''", "https:foo | https | ''",
        "http:///x | http | ''", "/a | '' | ''", "a/b:c | '' | ''", "//h/x | '' | h", "'' | '' | ''", "1a:b/c | - | -",
        "http://a:b:80/ | http | a:b:80"})
    void splitsAsIgnitionDoes(String url, String scheme, String host) {
        assertThat(SourceUrl.parse(url).map(SourceUrl::scheme).orElse(null)).isEqualTo(scheme);
        assertThat(SourceUrl.parse(url).map(SourceUrl::host).orElse(null)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {":a", "a:b/c:d\n", "http://h/%zz", "http://h/%4", "http://h#%zz", "http://h h/", "http://u\"@h/", "http://[1.2.3.4]/",
        "http://[::1/", "http://a[::1]/",
        "http://[::1%25]/", "http://[::1%25a{]/", "http://[::1%25%c3]/", "http://[::1%41]/", "http://h:x/",
        "http://[::1]x/", "http://%41/", "http://h\u007f/", "1a:b", "http://u%@h/"})
    void refusesWhatIgnitionCannotSplit(String url) {
        assertThat(SourceUrl.parse(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {"s3://b/k?versionId=1&versionId=2 | 1", "s3://b/k?versionId | ''",
        "s3://b/k?version%49d=a%20b+c | a b c", "s3://b/k?a=b;versionId= | -",
        "s3://b/k?versionId=%zz | -", "s3://b/k?VersionId=1 | -", "s3://b/k | -", "s3://b/k? | -"})
    void findsParametersOfTheQuery(String url, String value) {
        assertThat(SourceUrl.parse(url).orElseThrow().parameter("versionId").orElse(null)).isEqualTo(value);
    }
}
