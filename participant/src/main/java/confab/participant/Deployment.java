package confab.participant;

import confab.protocol.address.EdgeAddress;
import java.util.List;

/// The edges, as one participant reaches them. Any thread may call; both methods block, and end
/// soon after an interrupt.
interface Deployment {
  /// The edges that would admit the participant now, the one to prefer first; never empty.
  ///
  /// @param session names that of the participant; empty before it has entered
  List<EdgeAddress> edges(String session) throws JoinException;

  /// Connects to one of them. The link has been admitted, but not entered the room.
  Link dial(EdgeAddress edge, Link.Receiver receiver) throws JoinException;
}
