// The module that plugins get from `require('obsidian')`: the mocks, overridden with working implementations where
// tests need them.
export * from 'obsidian-test-mocks/obsidian';
export { AbstractInputSuggest } from './abstract-input-suggest.ts';
export { App } from './app.ts';
export { arrayBufferToBase64, base64ToArrayBuffer } from './base64.ts';
export { ConfirmationModal } from './confirmation-modal.ts';
export { editorInfoField, editorInfoField as editorViewField } from './editor-info-field.ts';
export { Editor } from './editor.ts';
export { FileManager } from './file-manager.ts';
export { setIcon } from './icons.ts';
export { ItemView } from './item-view.ts';
export { getLanguage } from './get-language.ts';
export { MarkdownRenderer } from './markdown-renderer.ts';
export { MarkdownView } from './markdown-view.ts';
export { Menu } from './menu.ts';
export { MetadataCache } from './metadata-cache.ts';
export { Modal } from './modal.ts';
export { request, requestUrl } from './network.ts';
export { Notice } from './notice.ts';
export { PluginSettingTab } from './plugin-setting-tab.ts';
export { Plugin } from './plugin.ts';
export { Scope } from './scope.ts';
export { SecretComponent } from './secret-component.ts';
export {
  ButtonComponent,
  DropdownComponent,
  ExtraButtonComponent,
  SliderComponent,
  TextAreaComponent,
  TextComponent,
  ToggleComponent,
} from './setting-components.ts';
export { SettingGroup } from './setting-group.ts';
export { setTooltip } from './set-tooltip.ts';
export { Setting } from './setting.ts';
export { SuggestModal } from './suggest-modal.ts';
export { Vault } from './vault.ts';
export { WorkspaceLeaf } from './workspace-leaf.ts';
export { Workspace } from './workspace.ts';
