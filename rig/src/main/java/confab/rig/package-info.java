/// What tests and measurements stand on: processes that end with who started them
/// (`confab.rig.process`), browsers (`confab.rig.browser`), bad links (`confab.rig.impairment`),
/// what hostile clients send (`confab.rig.hostile`), and how long they wait. Knows nothing of the
/// product's classes and is part of no product.
///
/// In reading order: [Patience], [Project], [TestCertificate].
@NullMarked
package confab.rig;

import org.jspecify.annotations.NullMarked;
