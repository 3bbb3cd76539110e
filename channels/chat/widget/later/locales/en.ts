import type { Phrases } from './es.ts';

export const en: Phrases = {
  folio: 'Case number',
  changed: 'Your report is now',
  promise: 'By {day} at the latest',
  secret: 'Key',
  secretHint: 'Keep it: with it and the number you can see how it is going.',
  seeFolio: 'Follow my case',
  copyFolio: 'Copy case number {folio}',
  copySecret: 'Copy key {secret}',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'It could not be copied: press and hold to select it.',

  location: 'Location',
  seeMap: 'See on the map',

  useLocation: 'Use my location',
  locating: 'Finding you…',
  putOnMap: 'Put it on the map',
  orWrite: 'Or write the address below: we suggest places as you type.',
  locationDenied: 'We may not see your location. Allow it in your browser, put it on the map, or write the address.',
  locationUnknown: 'Your device could not tell where you are. Put it on the map or write the address.',
  locationInsecure:
    'This page is not secure (https), so your browser does not share your location. Put it on the map or write the address.',
  youAreOutside:
    'You seem to be outside the municipality of {city}. Put the place of the report on the map, or write its address.',

  takePhoto: 'Take a photo',
  choosePhoto: 'Choose a photo',
  noPhoto: 'No photo',

  mapTitle: 'Where is it?',
  mapHint: 'Move the map until the pin stands on the place.',
  closer: 'Zoom in here',
  here: 'It is here',
  lookingUp: 'Looking up the address…',
  near: 'Near {place}',
  somewhere: 'Point on the map',
  outside: 'Outside the municipality of {city}.',
  mapFailed: 'The map could not be opened on this device. Write the address and we go on.',
  mapLoading: 'Opening the map…',

  callOpening: 'Opening the call…',
  callFailed: 'We could not open the call on this device. Check your connection, or write to us in the chat.',

  linkOpening: 'Opening the conversation of your call…',
  linkSure: 'Open the conversation of your call?',
  linkEffect:
    'There is another conversation on this device already, and you will no longer see it here. The city keeps it.',
  linkYes: 'Open the one of my call',
  linkNo: 'Stay in this one',
  linkFailed: 'We could not open the conversation of your call',
  linkOffline: 'Please check your connection and try again.',
  linkAgain: 'Try again',
  linkClose: 'All right',

  suggestions: 'Similar places',
  suggestionCount: '{count} suggestions. Arrow keys go through them, Enter picks one.',
  oneSuggestion: '1 suggestion. Arrow down reaches it, Enter picks it.',

  ended: 'This conversation has ended',
  rateQuestion: 'How did we do?',
  rateScore: '{score} out of 5',
  rateLow: 'Badly',
  rateHigh: 'Very well',
  rateComment: 'Anything else you would like to tell us?',
  rateSend: 'Send rating',
  rated: 'Thank you for telling us.',
  again: 'Write again',
  keep: 'Download',
};
