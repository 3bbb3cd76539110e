/** What a ticket's story tells of its calls. */
export const callEventTypes = [
  'call_began',
  'call_answered',
  'call_held',
  'call_resumed',
  'call_consulted',
  'call_transferred',
  'call_monitored',
  'call_recording_paused',
  'call_recording_resumed',
  'call_ended',
  'callback_wanted',
  'voicemail_left',
  'wrap_up_ended',
] as const;
