package confab.protocol;

/// Who somebody is taken for. Whoever has only chosen the id of a user whom a token names is not
/// that user.
///
/// @param verified whether a token names the user
public record Identity(UserId user, boolean verified) {}
