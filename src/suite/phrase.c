#include "suite/phrase.h"

#include <string.h>

static size_t word_length(const char *text)
{
	size_t length = strspn(text, "<>=!");

	if (length)
		return length;
	if (*text != '"')
		return strcspn(text, " \t\n");
	length = 1 + strcspn(text + 1, "\"\n");
	return text[length] == '"' ? length + 1 : length;
}

bool phrase_next(struct phrase *phrase, struct phrase_word *word)
{
	size_t blanks = strspn(phrase->rest, " \t"), length = word_length(phrase->rest + blanks);
	const char *text = phrase->rest + blanks;
	uint32_t at = phrase->at + (uint32_t)blanks;
	bool quoted = *text == '"';
	size_t closed = quoted && length > 1 && text[length - 1] == '"';

	*word = (struct phrase_word){
		.text = arena_strndup(phrase->arena, text + quoted, length - quoted - closed),
		.where = { at, at + (uint32_t)(length ? length : 1) },
		.quoted = quoted,
	};
	phrase->rest = text + length;
	phrase->at = at + (uint32_t)length;
	return length > 0;
}

bool phrase_peek(const struct phrase *phrase, struct phrase_word *word)
{
	struct phrase copy = *phrase;

	return phrase_next(&copy, word);
}
