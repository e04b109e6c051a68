/** The one JSON mapper of the product and the rules by which it reads and writes. Imports core. */
package io.ringback.wire.json;
