/// What keeps hostile clients of the TCP ports from spoiling the edge for others: bounds of
/// connections and requests per address, deadlines, and the check of hosts and origins. Bounds of
/// joins and of rooms are those of `confab.room`.
///
/// [ConnectionGuard] is the heart: it sees every connection first. In reading order:
/// [ConnectionGuard], [RequestGuard] (what every request passes), [AddressLimits] (how often an
/// address may ask); [HttpLimits], [WebConfig] and [WebOptions] (what an operator decides);
/// [HttpRefusal] and [HttpRefusals] (what was refused).
@NullMarked
package confab.edge.guard;

import org.jspecify.annotations.NullMarked;
