/// Certificates and keys as operators have them: [PemPair] is a certificate with its key,
/// [PemFile] what one file holds.
@NullMarked
package confab.pem;

import org.jspecify.annotations.NullMarked;
