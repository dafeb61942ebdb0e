import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nonAnswer } from './non-answer.ts';

/** As LLaVA, Llama 3.2 Vision, MiniCPM-V, Qwen-VL, Gemma, MiniGPT-4, Mistral and GPT-4o were reported to say it. */
const BLIND = [
  "I'm sorry, but I can't see any image. Please upload it.",
  "I don't see an image attached.",
  "I'm happy to help, but I don't see an image. You mentioned [img-0] which suggests there is an image attached.",
  "I'm sorry, but as a text-based AI, I am unable to see images or videos.",
  "I can't see the image you're referring to. I'm a large language model, I don't have the capability to view images.",
  'I cannot see images directly, but I can help you describe or analyze an image if you tell me what it is about.',
  'Please provide the image you would like me to describe! 😊',
  'Please provide me with the image you would like me to describe.',
  "I can't see the image. Can you please provide more information about the image?",
  'I’m unable to view images.',
  "Unfortunately, I'm not able to view the image. Could you describe it?",
  'I do not have access to the image.',
  'As an AI language model, I cannot process images.',
  'No image provided.',
  'There is no image attached to describe.',
  'It seems that no image was uploaded.',
  'It looks like you forgot to attach the image.',
  "The image you provided isn't loading.",
  '**I apologize for the confusion, but I cannot view the picture.**',
  "I'm sorry, but I cannot provide a description of the image because I can't see it.",
  'Es tut mir leid, aber ich kann keine Bilder sehen.',
  'Leider kann ich das Bild nicht sehen.',
  'Ich sehe kein Bild. Bitte laden Sie es hoch.',
  'Es wurde kein Bild angehängt.',
  'Je suis désolé, mais je ne peux pas voir les images.',
  "Désolé, je n'ai pas accès à l'image.",
  "Aucune image n'a été fournie.",
  'Lo siento, pero no puedo ver la imagen.',
  'No puedo visualizar imágenes directamente.',
  'No se ha proporcionado ninguna imagen.',
  'Desculpe, mas não consigo ver a imagem.',
  'Nenhuma imagem foi fornecida.',
  "Mi dispiace, ma non riesco a vedere l'immagine.",
  "Non è stata fornita alcuna immagine.",
  'Het spijt me, maar ik kan de afbeelding niet zien.',
  'Przepraszam, ale nie widzę żadnego obrazu.',
  'К сожалению, я не могу просматривать изображения.',
  'Извините, но я не вижу изображения. Пожалуйста, загрузите его.',
  'Изображение не было предоставлено.',
  'Как языковая модель, я не могу видеть картинки.',
  'На жаль, я не бачу зображення.',
  '抱歉，我无法查看图片。',
  '很抱歉，我看不到您上传的图片。',
  '对不起，作为一个文本模型，我无法直接查看或分析图像。',
  '您没有上传图片。',
  '申し訳ありませんが、画像を見ることができません。',
  '画像が添付されていません。',
  '申し訳ございませんが、私は画像を直接確認することができません。',
  '죄송하지만 이미지를 볼 수 없습니다.',
  '죄송합니다. 저는 이미지를 직접 확인할 수 없습니다.',
  '이미지가 첨부되지 않았습니다.',
  'عذرًا، لا أستطيع رؤية الصورة.',
];

const REFUSED = [
  "I'm sorry, I can't assist with that request.",
  "I'm sorry, but I can't help with that.",
  "I can't help with identifying people in images.",
  "I'm not able to provide a description of this image.",
  "I'm sorry, but I'm not able to provide visual descriptions of images with real people.",
  "I don't feel comfortable describing this image.",
  'I must decline to describe this content.',
  "I'm sorry, but I am unable to provide assistance with that request.",
  'As an AI, I cannot identify real people.',
  'Es tut mir leid, dabei kann ich nicht helfen.',
  'Tut mir leid, aber ich kann bei dieser Anfrage nicht weiterhelfen.',
  'Je suis désolé, je ne peux pas vous aider avec cette demande.',
  'Lo siento, no puedo ayudar con esa solicitud.',
  'Desculpe, não posso fornecer ajuda com essa solicitação.',
  'Mi dispiace, ma non posso aiutarti con questa richiesta.',
  'Извините, я не могу помочь с этим запросом.',
  'К сожалению, я не могу описать это.',
  '抱歉，我无法协助处理该内容。',
  '申し訳ありませんが、そのリクエストにはお応えできません。',
  '죄송하지만 그 요청은 도와드릴 수 없습니다.',
];

/** What an image shows, or says. */
const ANSWERS = [
  "Error dialog that says 'I can't open the file'",
  '"I can\'t see the image" in an error dialog of a viewer',
  'A man who is sorry.',
  "Meme: I can't even",
  'Screenshot of ChatGPT refusing to view an image.',
  "Screenshot of a chat in which the assistant says: I'm sorry, but I can't see any image.",
  "Sign in a window: Sorry, we're closed.",
  "Sorry, we're closed",
  "I can't believe it's not butter",
  'I can see clearly now the rain is gone',
  "Poster with the words 'I'm sorry, I can't help with that'",
  'A placeholder with the words “No image available”',
  'An upload dialog that asks to please provide an image',
  'A blind man with a cane looks at no one.',
  'As an example, a chart of sales by year.',
  'Three monkeys: see no evil, hear no evil, speak no evil.',
  'There are no people in the photo of the empty hall.',
  'No parking sign next to a picture shop.',
  'Notice: I cannot attend the meeting.',
  'Unfortunately named shop: “Sorry Sandwiches”.',
  'Ein Mann, der sich entschuldigt.',
  'Fehlermeldung „Das Bild kann nicht angezeigt werden“.',
  'Ein Schild: Leider geschlossen.',
  'Une affiche « Je ne peux pas voir »',
  'Cartel de «No hay imagen disponible».',
  'Табличка с надписью «Извините, мы закрыты».',
  'Окно ошибки: «Не удаётся открыть изображение».',
  'Три обезьяны: не вижу, не слышу, не говорю.',
  '写着“抱歉，无法查看图片”的对话框',
  'エラー画面に「画像を表示できません」と表示されている',
  '画像を表示できませんというエラー',
  '"이미지를 볼 수 없습니다"라는 오류 창',
  'A red kite over a lake.',
  '',
];

test('tells a model that sees no image, in several languages', () => {
  for (const text of BLIND) assert.equal(nonAnswer(text), 'blind', text);
});

test('tells a model that refuses, in several languages', () => {
  for (const text of REFUSED) assert.equal(nonAnswer(text), 'refused', text);
});

test('takes what stands in an image, or is said in it, for an answer', () => {
  for (const text of ANSWERS) assert.equal(nonAnswer(text), null, text);
});

test('costs little with hostile text', () => {
  for (const piece of ["i'm sorry, ", 'as a ', "'", '"', 'i cannot ', 'no image ', '申し訳ありません', '죄송합니다 '])
    assert.doesNotThrow(() => nonAnswer(piece.repeat(100_000)));
});
