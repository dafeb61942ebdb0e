import type { ErrorCode, NotesightError } from '../../core/errors.ts';
import { explain, type Explanation, sentence, type WordsLanguage } from '../../core/messages/explain.ts';

type Advice = Readonly<Record<WordsLanguage, Readonly<Partial<Record<ErrorCode, string>>>>>;

/** What to do about an error in VS Code, with names of settings and titles of commands. */
const ADVICE: Advice = {
  en: {
    server_down: 'Start Ollama, or set notesight.server to its address',
    unauthorized:
      'If the server is behind a proxy, run "Notesight: Set server token". Cloud models require `ollama signin`; local models don\'t',
    origin_refused:
      "Allow the app in OLLAMA_ORIGINS on the server, or set notesight.server to the server's IP address",
    model_missing: 'Run "Notesight: Download model", or choose another model',
    model_cannot_see: 'Run "Notesight: Choose model" and choose one that supports images',
    model_cannot_point: 'Run "Notesight: Download model" to get one that does, such as qwen2.5vl:7b',
    no_vision_model: 'Run "Notesight: Download model"',
    pack_missing:
      'Run "Notesight: Install text and object recognition", or set notesight.engine to use a server',
    pack_unusable: 'Run "Notesight: Remove text and object recognition", then install it again',
    image_outside_vault: 'Move it into the workspace',
    image_remote: 'Save it in the workspace, or turn on notesight.remoteImages',
    context_overflow: 'Use a smaller image, or increase notesight.contextLength',
    question_too_long: 'Shorten it, or increase notesight.contextLength',
  },
  ru: {
    server_down: 'Запустите Ollama или укажите её адрес в notesight.server',
    unauthorized:
      'Если сервер стоит за прокси, выполните «Notesight: Задать токен сервера». Для облачных моделей нужна команда `ollama signin`, для локальных — нет',
    origin_refused:
      'Разрешите их на сервере в OLLAMA_ORIGINS или укажите в notesight.server IP-адрес сервера',
    model_missing: 'Выполните «Notesight: Скачать модель» или выберите другую модель',
    model_cannot_see: 'Выполните «Notesight: Выбрать модель» и выберите модель с поддержкой изображений',
    model_cannot_point: 'Выполните «Notesight: Скачать модель» и скачайте подходящую, например qwen2.5vl:7b',
    no_vision_model: 'Выполните «Notesight: Скачать модель»',
    pack_missing:
      'Выполните «Notesight: Установить распознавание текста и объектов» или выберите сервер в notesight.engine',
    pack_unusable: 'Выполните «Notesight: Удалить распознавание текста и объектов» и установите его снова',
    image_outside_vault: 'Переместите его в рабочую область',
    image_remote: 'Сохраните его в рабочей области или включите notesight.remoteImages',
    context_overflow: 'Уменьшите изображение или увеличьте notesight.contextLength',
    question_too_long: 'Сократите его или увеличьте notesight.contextLength',
  },
};

/** The same for a server other than Ollama; '' keeps the advice shared by all editors. */
const OPENAI_ADVICE: Advice = {
  en: {
    server_down: 'Start the server, or set notesight.server to its address',
    unauthorized: 'Run "Notesight: Set server token"',
    origin_refused: '',
    model_missing: 'Run "Notesight: Choose model", or start the server with this one',
    no_vision_model: '',
    context_overflow: '',
  },
  ru: {
    server_down: 'Запустите его или укажите его адрес в notesight.server',
    unauthorized: 'Выполните «Notesight: Задать токен сервера»',
    origin_refused: '',
    model_missing: 'Выполните «Notesight: Выбрать модель» или запустите сервер с этой',
    no_vision_model: '',
    context_overflow: '',
  },
};

/** What a vault is called in VS Code, in the forms that messages contain. */
const VAULT: Readonly<Record<WordsLanguage, readonly [string, string]>> = {
  en: ['vault', 'workspace'],
  ru: ['хранилища', 'рабочей области'],
};

/** The message for an error in VS Code. */
export function explainInVscode(error: NotesightError, language: WordsLanguage): Explanation {
  const { message, advice } = explain(error, language);
  const { code, data } = error;
  const own =
    (data['api'] === 'openai' ? OPENAI_ADVICE[language][code] : undefined) ?? ADVICE[language][code];
  const inWorkspace = (text: string) => text.replaceAll(...VAULT[language]);
  return {
    message: inWorkspace(message),
    advice: own === undefined || own === '' ? inWorkspace(advice) : sentence(own),
  };
}
