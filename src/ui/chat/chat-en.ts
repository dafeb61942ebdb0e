import { pluralEn } from '../../core/words/plural.ts';
import type { ChatWords } from './chat-words.ts';

const PLACES = { cursor: 'At the cursor', below: 'Below the image' } as const;
const FORMS = { plain: '', quote: ' as a quote', callout: ' as a callout' } as const;

/** The chat panel in English. */
export const chatEn: ChatWords = {
  noNote: 'Open a note to ask about its images.',
  noImages: 'This note has no images. Drop some here, or add them from the vault.',
  welcome: 'Ask what the images show. The ones that matter go to the model as pictures, the others in words.',
  images: (chosen, total) => `${chosen} of ${pluralEn(total, 'image', 'images')} chosen`,
  all: 'All',
  none: 'None',
  atCursor: 'At cursor',
  addFromVault: 'Add…',
  image: (number, name) => `Image ${number}: ${name}`,
  pin: (number) => `Always show image ${number} to the model`,
  region: (number) => `Ask about a part of image ${number}`,
  regionChosen: (number, width, height) => `A part of [${number}]: ${width} × ${height} pixels`,
  removeRegion: 'Remove',
  regionTitle: (name) => `A part of ${name}`,
  regionHint:
    'Draw a rectangle. Or: arrow keys move it, with Shift they size it, Enter takes it, Escape leaves.',
  take: 'Take this part',
  cancel: 'Cancel',
  dropHere: 'Drop images here',
  question: 'Question',
  placeholder: 'Ask about the images…',
  send: 'Ask',
  stop: 'Stop',
  startAnew: 'New conversation',
  conversation: 'Conversation',
  askAgain: 'Ask again',
  edit: 'Edit',
  copy: 'Copy',
  insert: 'Insert',
  insertAt: (place, form) => `${PLACES[place]}${FORMS[form]}`,
  waiting: 'Waiting for the model…',
  describing: (done, total) => `Looking at the images: ${done} of ${total}…`,
  saw: 'Seen:',
  partOf: 'a part of',
  inWords: (count) => `${pluralEn(count, 'image', 'images')} in words.`,
  ends: {
    stopped: 'Stopped.',
    length: 'The answer came to the longest length there is room for.',
    looped: 'The model began to repeat itself and was cut off.',
  },
  showRest: (characters) => `Show the other ${characters.toLocaleString('en')} characters`,
  goTo: (number, name) => `Image ${number}: ${name}`,
  answerReady: 'The answer is there.',
};
