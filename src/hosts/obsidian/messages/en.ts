import type { SettingKey, SettingProblem, Settings } from '../../../core/settings/settings.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { editorEn } from '../../../editor/messages/editor-en.ts';
import type { ReviewCounts } from '../../../ui/review/review-words.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');

/** Everything that the plugin says, in English. Buttons and headings in sentence case. */
export const en = {
  ...editorEn,

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
    resumeBatch: 'Resume the paused batch',
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
    edited: 'Edited',
    useGenerated: 'Use generated text',
    useEdited: 'Restore my text',
    keptEdited: (count: number) =>
      count === 1
        ? 'The image you edited keeps its text.'
        : `The ${count} images you edited keep their text.`,
    askAgainForEdited: 'Regenerate edited images too',
    skippedBefore: 'You skipped this image.',
    reviewSkipped: 'Review',
    keep: {
      title: 'Keep your edits?',
      question: (count: number) =>
        `Your edits to ${images(count)} are not in your notes yet. If you keep them, the next review shows them again.`,
      keep: 'Keep for later',
      discard: 'Discard edits',
      back: 'Continue reviewing',
    },
    oldAlt: (alt: string) => `Old words: ${alt}`,
    noOldAlt: 'No words yet',
    incomplete: 'The file is incomplete: part of the image is missing.',
    wrongLanguage: 'Not in the language you asked for',
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
      pack: 'Expert pack',
      captions: 'Captions',
      work: 'What is captioned',
      questions: 'Questions',
      advanced: 'Advanced',
    },
    fields: {
      engine: {
        name: 'Who looks at your images',
        desc: 'A model on a server describes them. The expert pack only reads the text in them and names what it finds.',
      },
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
      textHint: {
        name: 'Text as a hint',
        desc: 'Text that the expert pack reads in an image with much of it goes to the model as a hint. It lifts small models on slides.',
      },
      fineDetail: {
        name: 'Fine detail',
        desc: 'Thin lines and small print are lost when a model sees an image small. Such images can also be looked at in parts, with several requests each; what is pasted is not.',
      },
      secondModel: {
        name: 'Second opinion',
        desc: 'Another model that describes each image too, for three requests in place of one. What the two disagree on is said in the description. Empty: none.',
      },
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
      tools: {
        name: 'Let the model call tools',
        desc: 'A model that can may look closely, and search the images of your notes, before it answers.',
      },
      webSearch: {
        name: 'Let the model search the web',
        desc: 'By ollama.com and with your key: what the model looks for leaves this machine.',
      },
      webSearchSecret: {
        name: 'Key for the web',
        desc: 'The secret with your key for ollama.com. It stays on this device, and is sent there only.',
      },
      tokenSecret: {
        name: 'Token',
        desc: 'The secret that is sent to the server as a bearer token; of several servers, to those with the word token behind their address. It stays on this device.',
      },
      headers: {
        name: 'Headers',
        desc: 'For a server behind a proxy: sent with every request to it, and to nobody else. Of several servers, those that get the token get them.',
      },
    } satisfies Record<SettingKey, { name: string; desc: string }>,
    options: {
      engine: {
        auto: 'A server, or the expert pack where there is none',
        server: 'A server only',
        embedded: 'The expert pack only',
      } satisfies Record<Settings['engine'], string>,
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
      fineDetail: {
        off: 'Off',
        offer: 'Off, and say which images need it',
        ask: 'Ask before many requests',
        on: 'Also look at the parts',
      } satisfies Record<Settings['fineDetail'], string>,
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
      desc: 'Where Ollama runs, or a server compatible with OpenAI: llama-server, LM Studio, vLLM, a gateway. Several with commas between them, the preferred first; x4 behind one is how many images it is shown at once. It is kept on this device only.',
      placeholder: 'http://127.0.0.1:11434',
      problem:
        'The address must look like 127.0.0.1:11434 or https://host:1234; behind it only x4 and token may stand.',
      test: 'Test',
      testing: 'Testing…',
    },
    models: {
      byItself: 'The best there is',
      supportsImages: 'Sees images',
      textOnly: 'Text only',
      untold: 'Not told whether it sees',
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
    },
    pack: {
      name: 'Experts on this device',
      desc: "Read the text in images and find things and faces, without a server. They are kept in the plugin's folder.",
      /** @param version what tells one pack from another */
      there: (megabytes: string, version: string) => `There: ${megabytes} MB, version ${version}.`,
      missing: (megabytes: string) => `Not there. It has ${megabytes} MB.`,
      notOnMobile: 'Not for phones and tablets: there they would need more memory than the app may take.',
      get: 'Get the pack',
      downloading: (megabytes: string) =>
        `Downloading ${megabytes} MB… Obsidian does not tell how far it is.`,
      stop: 'Stop',
      fromFile: 'From a file…',
      remove: 'Remove',
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
      install:
        'Install Ollama from ollama.com and start it. Any server compatible with OpenAI will do too: its address goes into the settings.',
      model: 'Get a model that can see, for example gemma3:4b.',
      tryIt: 'Put the cursor on an image and caption it.',
    },
    privacy: 'Your images go to the server you choose and nowhere else.',
    undo: 'Every batch of captions can be undone.',
    checking: 'Looking for a server…',
    ready: (model: string) => `All is ready: ${model} can see your images.`,
    noModel: 'The server runs, but has no model that can see.',
    checkAgain: 'Check again',
    pull: (model: string) => `Pull ${model}`,
    close: 'Get started',
  },
};

/** What a language has words for. */
export type Words = typeof en;
