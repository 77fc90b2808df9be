/// What browsers, edges and headless tools agree on; `docs/PROTOCOL.md` is the prose to it. Nothing
/// here knows a transport, a room or a thread.
///
/// In reading order: [RoomId], [UserId], [DisplayName], [ChatText], [Reaction], [Participant],
/// [Identity]; [FrameHeader] and [Frame] (media); [Request] and [Event] (control); [CloseReason];
/// who asks to be let in: [Query]; [Version]; and what only edges read: [SessionId], [EdgeRun],
/// [Member], [Departure], [RoomName], [RoomState], [EdgeNotice], [ResumeToken], [Seal],
/// [HmacSha256].
@NullMarked
package confab.protocol;

import org.jspecify.annotations.NullMarked;
