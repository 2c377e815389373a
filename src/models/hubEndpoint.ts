/** Where models come from unless the user says otherwise. */
export const HUB_ENDPOINT = 'https://huggingface.co';
