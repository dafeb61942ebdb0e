import type { SettingKey, SettingProblem, Settings } from '../../../core/settings/settings.ts';
import type { PromptPurpose, PromptVariable } from '../../../core/prompts/prompt.ts';
import { pluralEn } from '../../../core/text/plural.ts';
import { editorEn } from '../../../editor/messages/editor-en.ts';
import type { FIRST_MODEL } from '../settings/first-model.ts';

const images = (count: number) => pluralEn(count, 'image', 'images');

/** All text of the plugin, in English. Buttons and headings in sentence case. */
export const en = {
  ...editorEn,

  commands: {
    captionAtCursor: 'Generate alt text for the image at the cursor',
    captionNote: 'Generate alt text for the images in this note',
    captionFolder: 'Generate alt text for the images in this folder',
    captionVault: 'Generate alt text for the images in the vault',
    describeAgain: 'Regenerate alt text for the image at the cursor',
    editAlt: 'Edit the alt text of the image at the cursor',
    refineAlt: 'Refine the alt text of the image at the cursor',
    describeUnder: 'Add descriptions below the images in this note',
    copyDescription: 'Copy the description of the image at the cursor',
    askNote: 'Ask about the images in this note',
    clearConversations: 'Clear all conversations about images',
    summarizeNote: 'Summarize this note and its images',
    findImage: 'Find an image',
    showUncaptioned: 'Show images that need alt text',
    undoBatch: 'Undo the last batch',
    stop: 'Stop generating alt text',
    resumeQueued: 'Generate alt text for queued images',
    resumeBatch: 'Resume the paused batch',
  },

  menus: {
    captionImage: 'Generate alt text',
    describeAgain: 'Regenerate alt text',
    editAlt: 'Edit alt text…',
    refineAlt: 'Refine alt text…',
    copyDescription: 'Copy description',
    askImage: 'Ask about this image',
    captionNote: 'Generate alt text for the images in this note',
    captionFolder: 'Generate alt text for the images in this folder',
    captionSelected: 'Generate alt text for the images in these files',
  },

  work: {
    running: (done: number, total: number) =>
      total === 0 ? 'Generating alt text…' : `Generating alt text: ${done} of ${total}`,
    progress: 'Progress',
    stop: 'Stop',
    left: (count: number) => `${images(count)} left`,
  },

  imageText: {
    edit: 'Edit alt text',
    refine: 'Refine alt text',
    alt: 'Alt text',
    none: 'No alt text',
    badge: 'Alt',
    /** @param alt the text in the note; '' if there is none */
    kept: (alt: string) =>
      `Your text from last time is not saved yet. In the note: ${alt === '' ? 'no alt text' : alt}`,
    save: 'Save',
    cancel: 'Cancel',
    noText: 'This image has no alt text to refine.',
    refining: 'Refining alt text…',
    refined: 'Alt text refined.',
    undo: 'Undo',
  },

  review: {
    ...editorEn.review,
    keep: {
      title: 'Keep your edits?',
      question: (count: number) =>
        `Your edits to ${images(count)} are not saved to your notes yet. If you keep them, they appear in the next review.`,
      keep: 'Keep for later',
      discard: 'Discard edits',
      back: 'Continue reviewing',
    },
  },

  find: {
    placeholder: 'Search by content or text…',
    reading: (percent: number) => `Indexing notes (${percent}%)…`,
    nothing: 'No images found.',
    open: 'open',
    insert: 'insert',
    copy: 'copy embed',
    copied: 'Copied the embed.',
  },

  uncaptioned: {
    title: 'Images that need alt text',
    nothing: 'All images have alt text.',
    reading: 'Reading notes…',
    captionAll: (count: number) => `Generate alt text for ${images(count)}`,
    caption: 'Generate',
    count: (count: number) => images(count),
    root: 'Vault',
  },

  paste: {
    question: 'Generate alt text for the pasted image?',
    questionMany: (count: number) => `Generate alt text for ${images(count)}?`,
    yes: 'Generate',
    no: 'Not now',
    always: 'Always',
    /** @param why a sentence */
    queued: (why: string, count: number) =>
      `${why} ${pluralEn(count, 'image is queued and gets its', 'images are queued and get their')} alt text when the server responds.`,
    tryNow: 'Try now',
  },

  settings: {
    groups: {
      server: 'Server',
      model: 'Model',
      pack: 'Offline recognition',
      captions: 'Generated text',
      work: 'Images',
      questions: 'Questions',
      advanced: 'Advanced',
    },
    fields: {
      engine: {
        name: 'Engine',
        desc: 'Use a vision model on a server, or offline recognition (text and objects only).',
      },
      model: { name: 'Model', desc: 'The vision model that describes your images.' },
      language: {
        name: 'Language',
        desc: 'The language of the generated text. Text inside an image is not translated.',
      },
      style: { name: 'Output', desc: 'What to write to the note.' },
      missing: {
        name: 'Images that need alt text',
        desc: 'Which images to process. Alt text that you wrote is never replaced.',
      },
      paste: { name: 'Pasted images', desc: 'What to do when you paste or drop an image into a note.' },
      review: {
        name: 'Review before saving',
        desc: 'Show generated text so that you can edit, accept, or skip it before it is written to your notes.',
      },
      textHint: {
        name: 'Recognized text as a hint',
        desc: 'Send the text that offline recognition reads in text-heavy images to the model. Improves the results of small models, for example on slides.',
      },
      fineDetail: {
        name: 'Detailed analysis',
        desc: 'Also analyze tiles of images with fine print or thin lines. Improves detail, takes several requests per image. Does not apply to pasted images.',
      },
      secondModel: {
        name: 'Second model',
        desc: 'Cross-check each description with this model and note where the two disagree. Takes three requests per image. Leave empty to turn off.',
      },
      leaveOut: {
        name: 'Excluded files',
        desc: 'Folders and files to skip, one pattern per line, in .gitignore format.',
      },
      folderRules: {
        name: 'Folder rules',
        desc: 'What differs in a folder and its subfolders. A rule takes what it does not set from the rule of a parent folder, otherwise from the general settings.',
      },
      remoteImages: {
        name: 'Remote images',
        desc: 'Download remote images to describe them. Their web servers see the requests.',
      },
      altBadge: {
        name: 'Badge on images',
        desc: 'Show a badge over the image under the pointer. It shows the alt text and lets you edit it. On phones, tap the image.',
      },
      concurrency: {
        name: 'Concurrent images',
        desc: 'How many images are sent to the model at the same time. More than one needs more memory.',
      },
      contextLength: {
        name: 'Context length',
        desc: 'Size of the context window in tokens. Larger values need more memory; the limit of the model always applies.',
      },
      keepAlive: {
        name: 'Time to keep the model loaded',
        desc: 'How long the model stays in memory after a response: 10m, 1h30m, or a number of seconds. Use -1 to keep it loaded, 0 to unload it immediately.',
      },
      promptAddition: {
        name: 'Additional instructions',
        desc: 'Added to each request, for example: name the plants you see. After a change, images are described again.',
      },
      altPrompt: {
        name: 'Prompt for alt text',
        desc: 'How images are described. After a change, images are described again.',
      },
      prompts: {
        name: 'Prompts',
        desc: 'Type / in the chat to choose a prompt. A prompt for alt text or descriptions guides how images are described.',
      },
      tools: {
        name: 'Tool calls',
        desc: 'Let models that support tools examine images closely and search your notes before they answer. Takes more time.',
      },
      webSearch: {
        name: 'Web search',
        desc: 'Let the model search the web through ollama.com with your API key. Its search queries leave this machine.',
      },
      webSearchSecret: {
        name: 'Web search key',
        desc: 'The secret with your ollama.com API key. It is stored on this device and sent only to ollama.com.',
      },
      tokenSecret: {
        name: 'Token',
        desc: 'The secret that is sent to the server as a bearer token. With several servers, only those with “Send token and headers” turned on receive it. It is stored on this device.',
      },
      headers: {
        name: 'Headers',
        desc: 'HTTP headers for a server behind a proxy, sent with every request to that server. With several servers, only those with “Send token and headers” turned on receive them.',
      },
    } satisfies Record<Exclude<SettingKey, 'hiddenPrompts'>, { name: string; desc: string }>,
    options: {
      engine: {
        auto: 'Automatic: server, or offline recognition',
        server: 'Server only',
        embedded: 'Offline recognition only',
      } satisfies Record<Settings['engine'], string>,
      style: {
        alt: 'Alt text',
        below: 'Alt text and a caption below the image',
        callout: 'Alt text and a collapsed callout with the description',
      } satisfies Record<Settings['style'], string>,
      missing: {
        empty: 'Missing alt text',
        useless: 'Missing or placeholder alt text',
      } satisfies Record<Settings['missing'], string>,
      paste: {
        off: 'Do nothing',
        on: 'Generate alt text',
        ask: 'Ask',
      } satisfies Record<Settings['paste'], string>,
      fineDetail: {
        off: 'Off',
        offer: 'Off, but report images that need it',
        ask: 'Ask before large batches',
        on: 'On',
      } satisfies Record<Settings['fineDetail'], string>,
      review: {
        always: 'Always',
        batches: 'For more than one image',
        never: 'Never',
      } satisfies Record<Settings['review'], string>,
      languageOfNote: 'Language of the note',
      commonLanguages: 'Common languages',
      otherLanguages: 'Other languages',
    },
    problems: {
      bad_value: 'Invalid value.',
      bad_model: 'Enter a model name without spaces, such as gemma3:4b.',
      bad_language: 'Choose a language from the list.',
      bad_pattern: 'Enter one pattern per line, at most 500 characters each.',
      bad_concurrency: 'Enter a number from 1 to 8.',
      bad_context: 'Enter a whole number from 2048 to 1048576.',
      bad_keep_alive: 'Enter a duration such as 10m or 1h30m, a number of seconds, or -1.',
      too_long: 'Enter at most 1000 characters.',
      bad_secret: 'Choose a secret. Its name can contain only lowercase letters, digits, and hyphens.',
      bad_header_name: 'A header name can contain only letters, digits, and hyphens.',
      reserved_header: 'The app sets this header automatically.',
      bad_prompt: 'Enter a name, a purpose, and a text.',
      bad_folder: 'Enter the path of a folder in the vault, such as Lectures/Physics.',
    } satisfies Record<SettingProblem, string>,
    servers: {
      name: 'Model servers',
      desc: 'Ollama, or OpenAI-compatible servers such as llama-server, LM Studio, vLLM, or a gateway. Several servers share the work; the first one is preferred. Stored only on this device.',
      placeholder: 'http://127.0.0.1:11434',
      address: 'Address',
      addressOf: (number: number) => `Address of server ${number}`,
      atOnce: 'Concurrent images',
      usual: 'Default',
      token: 'Send token and headers',
      problem:
        'Enter an address such as 127.0.0.1:11434 or https://host:1234. Until then, the previous servers are used.',
      test: 'Test',
      testing: 'Testing…',
      up: 'Move up',
      down: 'Move down',
      remove: 'Remove server',
      add: 'Add server',
    },
    models: {
      automatic: 'Automatic',
      supportsImages: 'Supports images',
      textOnly: 'Text-only',
      unknown: 'Image support unknown',
      loaded: 'Loaded',
      cloud: 'Cloud: images leave this machine',
      missing: 'Not on the server',
      size: (gigabytes: string) => `${gigabytes} GB`,
      refresh: 'Refresh models',
      none: 'The server has no models yet.',
    },
    pull: {
      name: 'Download a model',
      desc: 'The server downloads and stores the model. Most models take up a few gigabytes.',
      placeholder: 'gemma3:4b',
      button: 'Download',
    },
    pack: {
      name: 'Text recognition and object detection',
      desc: 'Recognizes text, objects, and faces in images without a server. Stored in the plugin folder.',
      /** @param version identifies the pack */
      there: (megabytes: string, version: string) => `Installed: ${megabytes} MB, version ${version}.`,
      missing: (megabytes: string) => `Not installed. Download size: ${megabytes} MB.`,
      notOnMobile: 'Not available on phones and tablets: it needs more memory than the app can use.',
      get: 'Download',
      downloading: (megabytes: string) => `Downloading ${megabytes} MB… Obsidian does not report progress.`,
      stop: 'Stop',
      fromFile: 'Install from file…',
      remove: 'Remove',
    },
    skipped: {
      name: 'Images left out',
      desc: 'Images that you marked as decorative or that are never described.',
      none: 'None',
      include: (file: string) => `Include ${file} again`,
    },
    list: {
      save: 'Save',
      edit: (name: string) => `Edit ${name}`,
      remove: (name: string) => `Delete ${name}`,
      deleted: (name: string) => `Deleted “${name}”.`,
      undo: 'Undo',
    },
    folders: {
      title: 'Folder rule',
      folder: 'Folder',
      placeholder: 'Lectures/Physics',
      prompt: 'Prompt',
      exclude: 'Images in this folder',
      inherit: 'Inherit',
      excluded: 'Exclude',
      included: 'Include',
      add: 'Add folder rule',
      notFound: 'Folder not found',
      taken: 'This folder has a rule. Edit that rule instead.',
      nothing: 'Choose what differs in this folder.',
      different: (count: number, folders: string) =>
        `Different in ${pluralEn(count, 'folder', 'folders')}: ${folders}.`,
    },
    prompts: {
      title: 'Prompt',
      nameLabel: 'Name',
      purposeLabel: 'Purpose',
      textLabel: 'What the model should do',
      missing: (name: string) => `${name} (not available, the standard prompt is used)`,
      insert: 'Insert:',
      add: 'Add prompt',
      hide: (name: string) => `Hide ${name}`,
      show: (name: string) => `Show ${name}`,
      purposes: {
        alt: 'Alt text',
        description: 'Description',
        question: 'Question',
      } satisfies Record<PromptPurpose, string>,
      variables: {
        note: 'Title of the note',
        heading: 'Heading above the image',
        selection: 'Selected text in the note',
        alt: 'Current alt text of the image',
        language: 'Language of the answer',
        filename: 'File name of the image',
      } satisfies Record<PromptVariable, string>,
    },
    headers: {
      add: 'Add header',
      remove: 'Remove header',
      name: 'Name',
      secret: 'Secret',
    },
  },

  openSettings: 'Open settings',

  firstRun: {
    title: 'Welcome to Notesight',
    intro:
      'Notesight generates alt text for the images in your notes with a vision model on your own machine.',
    privacy: 'Your images are sent only to the server you choose.',
    server: {
      title: 'Start Ollama',
      get: 'Download Ollama',
      checking: 'Connecting to the server…',
      advice:
        'Install Ollama and start it. To use another server, enter its address under Settings → Notesight → Server.',
    },
    model: {
      title: 'Download a vision model',
      size: ({ name, gigabytes }: typeof FIRST_MODEL) => `${name} takes up ${gigabytes}\u00a0GB.`,
      download: ({ name }: typeof FIRST_MODEL) => `Download ${name}`,
      ready: (model: string) => `Ready. Using ${model}.`,
    },
    tryIt: {
      title: 'Try it',
      sample: 'Sample image',
      run: 'Generate alt text',
      running: 'Describing…',
      result: (alt: string) => `Alt text: ${alt}`,
    },
    next: 'In a note, right-click an image to generate its alt text.',
    undo: 'You can undo every batch.',
    checkAgain: 'Check again',
    cancel: 'Cancel',
    close: 'Close',
  },
};

/** The text that every language must provide. */
export type Words = typeof en;
