/// The one way in which tests and measurements start programs: by a [Site], with which they end
/// whatever happens. Ready-made are an edge, a NATS server, an OpenID provider, and a cluster with
/// a load balancer.
///
/// In reading order: [Site], [Program], [EdgeProcess], [Launch], [NatsServer], [OpenIdProvider],
/// [Cluster], [Life], [FreePort], [Metrics].
@NullMarked
package confab.rig.process;

import org.jspecify.annotations.NullMarked;
