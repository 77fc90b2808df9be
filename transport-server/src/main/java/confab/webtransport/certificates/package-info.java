/// The certificates of an edge, for TCP and UDP alike: made by itself or read from files, and
/// renewed while it runs.
///
/// [Certificates] is the heart and the file to read first; what is served now are [Credentials].
@NullMarked
package confab.webtransport.certificates;

import org.jspecify.annotations.NullMarked;
