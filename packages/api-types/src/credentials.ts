/** The fewest characters of a username. */
export const minUsernameLength = 3;
/** The most characters of a username. */
export const maxUsernameLength = 32;
/** The most code points of a password after NFC normalisation. The fewest are a setting of the server. */
export const maxPasswordLength = 256;
