import type { WordsLanguage } from '../../../core/explain.ts';
import type { SettingKey, SettingProblem, Settings } from '../../../core/settings.ts';
import { chatEn } from '../../../ui/chat/chat-en.ts';
import { pluralEn } from '../../../core/words/plural.ts';
import type { CaptionCounts, ReviewCounts, UndoCounts } from './counts.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');
const notes = (count: number) => pluralEn(count, 'note', 'notes');
const places = (count: number) => pluralEn(count, 'place', 'places');

const counted = ({ written, kept, failed }: CaptionCounts) =>
  `${written} written, ${kept} kept, ${failed} failed`;

/** Everything that the plugin says, in English. Buttons and headings in sentence case. */
export const en = {
  /** Also BCP 47, for names of languages. */
  locale: 'en' as WordsLanguage,

  commands: {
    captionAtCursor: 'Caption the image under the cursor',
    captionNote: 'Caption the images of this note',
    captionFolder: 'Caption the images of this folder',
    captionVault: 'Caption the images of the vault',
    describeAgain: 'Describe the image under the cursor again',
    describeUnder: 'Describe under each image of this note',
    copyDescription: 'Copy the description of the image under the cursor',
    askNote: 'Ask about the images of this note',
    clearConversations: 'Clear all conversations about images',
    summarizeNote: 'Summarise this note with its images',
    findImage: 'Find an image',
    showUncaptioned: 'Show what is not captioned yet',
    undoBatch: 'Undo the last captions',
    stop: 'Stop captioning',
    resumeWaiting: 'Caption the images that wait for the server',
  },

  menus: {
    captionImage: 'Caption this image',
    describeAgain: 'Describe this image again',
    copyDescription: 'Copy the description of this image',
    askImage: 'Ask about this image',
    captionNote: 'Caption the images of this note',
    captionFolder: 'Caption the images of this folder',
    captionSelected: 'Caption the images of these files',
  },

  status: {
    /** @param seconds an estimate */
    timeLeft: (seconds: number) => {
      if (seconds < 10) return 'a few seconds left';
      if (seconds < 55) return `about ${Math.round(seconds / 10) * 10} seconds left`;
      const minutes = Math.max(1, Math.round(seconds / 60));
      if (minutes < 60) return `about ${pluralEn(minutes, 'minute', 'minutes')} left`;
      return `about ${pluralEn(Math.round(minutes / 60), 'hour', 'hours')} left`;
    },
    waiting: (count: number) => `${images(count)} waiting for the server`,
  },

  review: {
    title: 'Review captions',
    list: 'Images and their new words',
    counts: ({ ready, waiting, failed, done }: ReviewCounts) =>
      [
        `${ready} to review`,
        ...(waiting > 0 ? [`${waiting} being described`] : []),
        ...(failed > 0 ? [`${failed} failed`] : []),
        ...(done > 0 ? [`${done} done`] : []),
      ].join(', '),
    allDone: 'All images are dealt with.',
    acceptAll: 'Accept all',
    skipAll: 'Skip all',
    askAgainForAll: 'Ask again for all',
    askAgainForFailed: 'Ask again for the failed',
    accept: 'Accept',
    skip: 'Skip',
    askAgain: 'Ask again',
    waiting: 'Being described…',
    oldAlt: (alt: string) => `Old words: ${alt}`,
    noOldAlt: 'No words yet',
    newAlt: (file: string) => `New words for ${file}`,
    enlarge: (file: string) => `Enlarge ${file}`,
    inNote: (note: string) => `In ${note}`,
    accepted: (count: number) => `${images(count)} accepted`,
    skipped: (count: number) => `${images(count)} skipped`,
    hints: [
      { keys: ['↑', '↓'], does: 'another image' },
      { keys: ['Enter'], does: 'accept' },
      { keys: ['Alt+Enter', 'Delete'], does: 'skip' },
    ] as readonly { readonly keys: readonly string[]; readonly does: string }[],
  },

  chat: chatEn,
  chatNotes: {
    cannotSee: 'This model cannot see: it answers from descriptions and the text in the images.',
    shortened: (count: number) =>
      `The first ${pluralEn(count, 'question', 'questions')} are remembered in short.`,
    left: (count: number) => `There was no room for ${images(count)}: choose fewer.`,
    noPlace: 'There is no place for lines below that image.',
    linkWords: (number: number) => `image ${number}`,
    copied: 'Copied the answer.',
    clearAll: 'Clear all conversations',
    clearQuestion: 'The questions and answers of every note are forgotten. What is written in notes stays.',
    clear: 'Clear',
    cleared: 'Cleared all conversations.',
    pickImage: 'Add an image of the vault…',
  },

  summary: {
    title: (note: string) => `Summary of ${note}`,
    looking: (done: number, total: number) => `Looking at the images: ${done} of ${total}…`,
    part: (part: number, parts: number) => `Reading the note: part ${part} of ${parts}…`,
    writing: 'Waiting for the model…',
    edited: 'The summary in the note was changed by hand. Writing replaces it.',
    top: 'Write at the top',
    bottom: 'Write at the bottom',
    cursor: 'Write at the cursor',
    replace: 'Replace the summary',
    newNote: 'Write to a new note',
    copy: 'Copy',
    stop: 'Stop',
    properties: 'Also add the tags and the line to the properties',
    written: 'Wrote the summary.',
    fileName: (note: string) => `${note} (summary)`,
  },

  find: {
    placeholder: 'What it shows or says…',
    reading: (percent: number) => `Still reading the notes (${percent}%)…`,
    nothing: 'No image fits.',
    open: 'open',
    insert: 'insert here',
    copy: 'copy as embed',
    copied: 'Copied the embed.',
  },

  uncaptioned: {
    title: 'Not captioned yet',
    nothing: 'Every image has words.',
    reading: 'Reading the notes…',
    captionAll: (count: number) => `Caption all ${images(count)}`,
    caption: 'Caption',
    count: (count: number) => images(count),
    root: 'Vault',
  },

  paste: {
    question: 'Caption the pasted image?',
    questionMany: (count: number) => `Caption the ${images(count)}?`,
    yes: 'Caption',
    no: 'Not now',
    always: 'Always caption',
  },

  settings: {
    groups: {
      server: 'Server',
      model: 'Model',
      captions: 'Captions',
      work: 'What is captioned',
      advanced: 'Advanced',
    },
    fields: {
      model: { name: 'Model', desc: 'Who looks at your images. It has to be one that can see.' },
      language: {
        name: 'Language',
        desc: 'The language to write in. Text inside an image stays in its own language.',
      },
      style: { name: 'Style', desc: 'What is written into the note.' },
      missing: {
        name: 'Images to caption',
        desc: 'Which images lack words. Words of your own are never replaced.',
      },
      paste: { name: 'When an image is pasted', desc: 'Also when one is dropped into a note.' },
      review: { name: 'Review before writing', desc: 'Shows the new words, to change, accept or skip them.' },
      leaveOut: {
        name: 'Leave out',
        desc: 'Folders and files that are left alone, one a line, written as in a .gitignore file.',
      },
      remoteImages: {
        name: 'Images on the web',
        desc: 'Fetch them to describe them. Whoever keeps them sees that you do.',
      },
      concurrency: {
        name: 'Images at once',
        desc: 'How many images the model is shown at the same time. More than one needs more memory.',
      },
      contextLength: {
        name: 'Context length',
        desc: 'In tokens. Longer takes more memory; a model gets no more than it was trained for.',
      },
      keepAlive: {
        name: 'Keep the model in memory',
        desc: 'How long after an answer: 10m, 1h30m or seconds; -1 is for ever, 0 not at all.',
      },
      promptAddition: {
        name: 'Your own words for the model',
        desc: 'For example: name the plants you see. Images described before are described anew.',
      },
      tokenSecret: {
        name: 'Token',
        desc: 'For a server behind a proxy: the secret that is sent to it as a bearer token. It stays on this device.',
      },
      headers: {
        name: 'Headers',
        desc: 'For a server behind a proxy: sent with every request to it, and to nobody else.',
      },
    } satisfies Record<SettingKey, { name: string; desc: string }>,
    options: {
      style: {
        alt: 'Alt text',
        below: 'Alt text, and a caption below the image',
        callout: 'Alt text, and a folded callout with the description',
      } satisfies Record<Settings['style'], string>,
      missing: {
        empty: 'Those without alt text',
        useless: 'Also those whose alt text says nothing',
      } satisfies Record<Settings['missing'], string>,
      paste: {
        off: 'Do nothing',
        on: 'Caption it',
        ask: 'Ask',
      } satisfies Record<Settings['paste'], string>,
      review: {
        always: 'Always',
        batches: 'For more than one image',
        never: 'Never',
      } satisfies Record<Settings['review'], string>,
      languageOfNote: 'Language of the note',
    },
    problems: {
      bad_value: "This can't be used here.",
      bad_model: 'The name of a model has no spaces, like gemma3:4b.',
      bad_language: 'Choose a language of the list.',
      bad_pattern: 'Write one folder or file pattern a line, at most 500 characters.',
      bad_concurrency: 'Choose a number from 1 to 8.',
      bad_context: 'Choose a whole number from 2048 to 1048576.',
      bad_keep_alive: 'Write a time like 10m or 1h30m, a number of seconds, or -1.',
      too_long: 'Write at most 1000 characters.',
      bad_secret: 'Choose a secret. Its name has lowercase letters, digits and hyphens only.',
      bad_header_name: 'The name of a header has letters, digits and hyphens only.',
      reserved_header: 'This header is set by the app itself.',
    } satisfies Record<SettingProblem, string>,
    server: {
      name: 'Server address',
      desc: 'Where Ollama runs. It is kept on this device only.',
      placeholder: 'http://127.0.0.1:11434',
      problem: 'The address must look like 127.0.0.1:11434 or https://host:1234.',
      test: 'Test',
      testing: 'Testing…',
      works: (host: string, canSee: number) =>
        `Ollama answers at ${host}. ${pluralEn(canSee, 'model', 'models')} can see.`,
      leavesNetwork: (host: string) => `Images leave this machine and its network: they are sent to ${host}.`,
    },
    models: {
      byItself: 'The best there is',
      canSee: 'Sees images',
      textOnly: 'Text only',
      loaded: 'In memory',
      cloud: 'In the cloud: images leave this machine',
      missing: 'Not on the server',
      size: (gigabytes: string) => `${gigabytes} GB`,
      refresh: 'Refresh the list',
      none: 'The server has no model yet.',
    },
    pull: {
      name: 'Get a model',
      desc: 'The server downloads it. Most have a few gigabytes.',
      placeholder: 'gemma3:4b',
      button: 'Pull',
      stop: 'Stop',
      progress: (percent: number) => `${percent}%`,
      starting: 'Starting…',
      done: (model: string) => `${model} is there.`,
      stopped: 'Stopped. What came already is kept.',
    },
    headers: {
      add: 'Add a header',
      remove: 'Remove this header',
      name: 'Name',
      secret: 'Secret',
    },
  },

  firstRun: {
    title: 'Welcome to Notesight',
    intro:
      'Notesight looks at the images in your notes and writes alt text for them, with a model on your own machine.',
    steps: {
      install: 'Install Ollama from ollama.com and start it.',
      model: 'Get a model that can see, for example gemma3:4b.',
      tryIt: 'Put the cursor on an image and caption it.',
    },
    privacy: 'Your images go to the server you choose and nowhere else.',
    undo: 'Every batch of captions can be undone.',
    checking: 'Looking for Ollama…',
    ready: (model: string) => `All is ready: ${model} can see your images.`,
    noModel: 'Ollama runs, but has no model that can see.',
    checkAgain: 'Check again',
    pull: (model: string) => `Pull ${model}`,
    close: 'Get started',
  },

  notices: {
    done: (counts: CaptionCounts) => `Captions: ${counted(counts)}.`,
    hasWords: 'This image has words. To replace them, describe it again.',
    nothingToDo: 'Nothing to do: all images have words.',
    noImages: 'There are no images here.',
    undone: ({ notes: changed, undone, kept, failed }: UndoCounts) =>
      [
        `Took back ${pluralEn(undone, 'caption', 'captions')} in ${notes(changed)}.`,
        ...(kept > 0 ? [`${places(kept)} changed since and stayed.`] : []),
        ...(failed > 0 ? [`${notes(failed)} could not be written.`] : []),
      ].join(' '),
    stopped: (counts: CaptionCounts) => `Stopped: ${counted(counts)}.`,
    nothingToUndo: 'There are no captions to undo.',
    copied: 'Copied the description.',
    notDescribed: 'This image is not described yet.',
  },
};

/** What a language has words for. */
export type Words = typeof en;
