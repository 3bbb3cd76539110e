/** Where Twilio asks first, when a call comes in. */
export const VOICE_PATH = '/webhooks/twilio/voice';
/** Where the caller's end asks what next. */
export const STEP_PATH = `${VOICE_PATH}/step`;
/** Where Twilio tells what became of a call. */
export const CALL_STATUS_PATH = `${VOICE_PATH}/status`;
/** Where it tells who comes into a room and goes out of it. */
export const ROOM_PATH = `${VOICE_PATH}/room`;
/** Where it tells that a recording is there. */
export const RECORDING_PATH = `${VOICE_PATH}/recording`;
/** Where it asks when another address failed. */
export const FALLBACK_PATH = `${VOICE_PATH}/fallback`;
/** What it plays to whoever waits. */
export const MUSIC_PATH = `${VOICE_PATH}/music`;
