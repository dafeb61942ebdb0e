import type { ErrorCode, NotesightError } from '../../core/errors.ts';
import { explain, type Explanation, sentence, type WordsLanguage } from '../../core/messages/explain.ts';

type Advice = Readonly<Record<WordsLanguage, Readonly<Partial<Record<ErrorCode, string>>>>>;

/** What to do about an error where settings have names and commands have titles. */
const ADVICE: Advice = {
  en: {
    server_down: 'Start Ollama, or set notesight.server to where it runs',
    unauthorized:
      'Behind a proxy, run "Notesight: Set the token for the server". Cloud models need `ollama signin`; a model on this machine needs none',
    origin_refused:
      "Allow it in OLLAMA_ORIGINS on the server, or put the server's IP address into notesight.server",
    model_missing: 'Run "Notesight: Get a model", or choose another one',
    model_cannot_see: 'Run "Notesight: Choose the model": those that can see are marked there',
    model_cannot_point: 'Run "Notesight: Get a model" for one that can, such as qwen2.5vl:7b',
    no_vision_model: 'Run "Notesight: Get a model"',
    image_outside_vault: 'Move it into the workspace',
    image_remote: 'Save it in the workspace to have it described, or allow notesight.remoteImages',
    context_overflow: 'Make the image smaller, or set a longer notesight.contextLength',
    question_too_long: 'Make it shorter, or set a longer notesight.contextLength',
  },
  ru: {
    server_down: 'Запустите Ollama или укажите в notesight.server, где она работает',
    unauthorized:
      'Если сервер за прокси, выполните «Notesight: Задать токен сервера». Облачным моделям нужен `ollama signin`, модели на этом компьютере — нет',
    origin_refused:
      'Разрешите её в OLLAMA_ORIGINS на сервере или укажите в notesight.server IP-адрес сервера',
    model_missing: 'Выполните «Notesight: Скачать модель» или выберите другую',
    model_cannot_see: 'Выполните «Notesight: Выбрать модель»: те, что видят, там отмечены',
    model_cannot_point: 'Выполните «Notesight: Скачать модель» для такой, которая умеет: qwen2.5vl:7b',
    no_vision_model: 'Выполните «Notesight: Скачать модель»',
    image_outside_vault: 'Переместите его в рабочую область',
    image_remote: 'Сохраните его в рабочей области или разрешите notesight.remoteImages',
    context_overflow: 'Уменьшите изображение или задайте больший notesight.contextLength',
    question_too_long: 'Сократите его или задайте больший notesight.contextLength',
  },
};

/** The same where the server is not Ollama; '' for what it is in every editor. */
const OPENAI_ADVICE: Advice = {
  en: {
    server_down: 'Start it, or set notesight.server to where it runs',
    unauthorized: 'Run "Notesight: Set the token for the server"',
    origin_refused: '',
    model_missing: 'Run "Notesight: Choose the model", or start the server with this one',
    no_vision_model: '',
    context_overflow: '',
  },
  ru: {
    server_down: 'Запустите его или укажите в notesight.server, где он работает',
    unauthorized: 'Выполните «Notesight: Задать токен сервера»',
    origin_refused: '',
    model_missing: 'Выполните «Notesight: Выбрать модель» или запустите сервер с этой',
    no_vision_model: '',
    context_overflow: '',
  },
};

/** The words for an error in VS Code. */
export function explainInVscode(error: NotesightError, language: WordsLanguage): Explanation {
  const { message, advice } = explain(error, language);
  const { code, data } = error;
  const own =
    (data['api'] === 'openai' ? OPENAI_ADVICE[language][code] : undefined) ?? ADVICE[language][code];
  return { message, advice: own === undefined || own === '' ? advice : sentence(own) };
}
