/// Makes the tables of `docs/BENCHMARKS.md`; `bench/run` starts `Main`. Part of no product.
///
/// Read `Suites` first: it lists what is measured, each in a package by what it is compared with:
/// sizes and engines (`load`), good and bad links (`listener`), edges that come and go (`cluster`),
/// WebRTC (`webrtc`), hostile clients (`abuse`). What all of them share is in `suite`. There is no
/// public type here.
@NullMarked
package confab.bench;

import org.jspecify.annotations.NullMarked;
