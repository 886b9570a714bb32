/** Elements of the Distinguished Encoding Rules ({@link dev.slipway.der.Der}), where the parsers of the JDK see too little or too much. */
package dev.slipway.der;
