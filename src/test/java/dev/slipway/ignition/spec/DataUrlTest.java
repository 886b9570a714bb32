package dev.slipway.ignition.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"data:,a%20b%41 | a bA", "data:, | ''", "data:text/plain;charset=utf-8;base64,aGk= | hi",
        "data:;base64,aGk= | hi", "data:;base64, | ''", "data:;base64,aH== | h", "data:,a,b;base64 | a,b;base64",
        "data:text/plain;a=\"b c\",x | x", "data:;a=\"\",x | x", "data:text/,x | x", "data:textual/x,y | y", "data:x-a/b,y | y"})
    void decodesWhatIgnitionDecodes(String url, String text) throws Exception {
        assertThat(new String(DataUrl.decode(url).toArray(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:", "data:x", "data:text,x", "data:what/plain,x", "DATA:text/plain,x",
        "data:TEXT/plain,x", "data:font/x,y", "data:xml/b,y", "data:;a=%4,x", "data:;a=,x", "data:;base64;a=b,x", "data:,a[b", "data:,a#b",
        "data:;a=\"b,x", "data:;a=\"b\\\"c\",x", "data:,%", "data:,%4", "data:,%4g",
        "data:,ü", "data:,a b", "data:,a\n",
        "data:;base64,aGk", "data:;base64,a-_=", "data:;base64,aGk=aGk=", "data:;base64,====", "data:;x,y", "data:;,y", "http://x", ""})
    void refusesWhatIgnitionRefuses(String url) {
        assertThatThrownBy(() -> DataUrl.decode(url)).isInstanceOf(DataUrl.Undecodable.class);
    }

    @Test
    void encodesEverythingButUnreservedCharacters() {
        assertThat(DataUrl.encode("aZ09-_.!~*'() \n%+\"{}ü𝄞\0")).isEqualTo("data:,aZ09-_.!~*'()%20%0A%25%2B%22%7B%7D%C3%BC%F0%9D%84%9E%00");
    }
}
