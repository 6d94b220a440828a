/*
 * Words and texts are compared in small letters, with a blank for everything that is not a letter
 * or digit. So "fin wait 2" is found in FIN_WAIT_2, fin-wait-2 and fin.wait.2. A word counts when a
 * word of the text begins with it. It counts most in the name, then in the directives, then in the
 * comment.
 */
#include "suite/about.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/source.h"
#include "suite/suite.h"

enum { WORDS_MAX = 16 };

struct wanted_words {
	const char *list[WORDS_MAX];
	size_t count;
};

struct script_about {
	const char *path, *sentence;
	unsigned score;
};

/* ---- texts ---- */

/* " fin wait 2 ", in whatever way it is written. */
static char *simplified(struct arena *arena, const char *text, size_t length)
{
	char *plain = arena_alloc(arena, length + 3), *end = plain;

	*end++ = ' ';
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (isalnum(c))
			*end++ = (char)tolower(c);
		else if (end[-1] != ' ')
			*end++ = ' ';
	}
	if (end[-1] != ' ')
		*end++ = ' ';
	return plain;
}

/* 2: it is there; 1: a word begins with it, or with the first letters of a long one; 0: no. */
static unsigned weight(const char *plain, const char *word)
{
	enum { ENOUGH = 6 };
	size_t length = strlen(word);
	unsigned best = 0;

	for (const char *at = plain; *at && best < 2; at++) {
		if (*at != ' ')
			continue;
		if (!strncmp(at + 1, word, length) && at[length + 1] == ' ')
			best = 2;
		else if (!strncmp(at + 1, word, length < ENOUGH ? length : ENOUGH))
			best = 1;
	}
	return best;
}

/* The comment with which the script begins, line by line, without the comment signs. */
static const char *first_comment(struct arena *arena, const char *text)
{
	const char *comment = "";

	for (text += strspn(text, " \t\n"); !strncmp(text, "//", 2);) {
		size_t length = strcspn(text, "\n");

		comment = arena_printf(arena, "%s%s%.*s", comment, *comment ? " " : "",
		                       (int)length - 2 - (text[2] == ' '),
		                       text + 2 + (text[2] == ' '));
		text += length + (text[length] == '\n');
	}
	return comment;
}

/*
 * Up to the full stop that ends the sentence. A full stop within a name or a number does not end
 * it.
 */
static const char *first_sentence(struct arena *arena, const char *comment)
{
	const char *end = strstr(comment, ". ");

	return end ? arena_strndup(arena, comment, (size_t)(end + 1 - comment)) : comment;
}

/* The text of the directives that say what the script is about. */
static const char *directives(struct arena *arena, const char *text)
{
	static const char *const words[] = { "tag ", "covers ", "rfc ", "verdict ", "known " };
	const char *found = "";

	while (*text) {
		size_t length = strcspn(text, "\n");

		for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
			if (!strncmp(text, words[i], strlen(words[i])))
				found = arena_printf(arena, "%s %.*s", found, (int)length, text);
		text += length + (text[length] == '\n');
	}
	return found;
}

/* ---- scores ---- */

static const char *plain_of(struct arena *arena, const char *text)
{
	return simplified(arena, text, strlen(text));
}

/* Returns 0 unless all words are there. */
static unsigned score(struct arena *arena, const struct wanted_words *words, const char *name,
                      const char *lines, const char *sentence, const char *comment)
{
	const struct {
		const char *plain;
		unsigned factor;
	} places[] = {
		{ plain_of(arena, name), 8 },
		{ plain_of(arena, lines), 4 },
		{ plain_of(arena, sentence), 4 },
		{ plain_of(arena, comment), 1 },
	};
	unsigned sum = 0;

	for (size_t i = 0; i < words->count; i++) {
		unsigned found = 0;

		for (size_t k = 0; k < sizeof(places) / sizeof(*places); k++)
			found += places[k].factor * weight(places[k].plain, words->list[i]);
		if (!found)
			return 0;
		sum += found;
	}
	return sum;
}

/* The last folder and the name. The folders above are the same for all scripts. */
static const char *name_of(const char *path)
{
	const char *name = path;

	for (const char *at = path; (at = strchr(at, '/')); at++)
		if (strchr(at + 1, '/') == strrchr(path, '/'))
			name = at + 1;
	return name;
}

static void look(struct arena *arena, const struct wanted_words *words, const char *path,
                 struct script_about *about)
{
	const char *why, *comment;
	const struct source_text *text = sources_read(sources_new(arena), path, &why);

	if (!text)
		return;
	comment = first_comment(arena, text->text);
	about->path = path;
	about->sentence = first_sentence(arena, comment);
	about->score = score(arena, words, name_of(path), directives(arena, text->text),
	                     about->sentence, comment);
}

/* The best ones first; those that are equally good stay in the order in which they were found. */
static int by_score(const void *a, const void *b)
{
	const struct script_about *x = a, *y = b;

	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return strcmp(x->path, y->path);
}

/* ---- the list ---- */

static void split(struct arena *arena, const char *text, struct wanted_words *words)
{
	char *rest = NULL, *plain = simplified(arena, text, strlen(text));

	for (char *word = strtok_r(plain, " ", &rest); word && words->count < WORDS_MAX;
	     word = strtok_r(NULL, " ", &rest))
		words->list[words->count++] = word;
}

int about_print(const char *text, const struct script_paths *scripts, FILE *out)
{
	struct arena *arena = arena_new();
	struct wanted_words words = { .count = 0 };
	struct script_about *list = arena_alloc(arena, (scripts->count + 1) * sizeof(*list));
	size_t count = 0, shown = 0;

	split(arena, text, &words);
	for (const struct script_path *path = scripts->first; path; path = path->next) {
		look(arena, &words, path->path, &list[count]);
		count += list[count].score > 0;
	}
	qsort(list, count, sizeof(*list), by_score);
	for (; shown < count; shown++)
		fprintf(out, "%s\n    %s\n", list[shown].path,
		        *list[shown].sentence ? list[shown].sentence
		                              : "(it does not begin with a comment)");
	if (!count)
		fprintf(stderr, "none of %zu scripts has all of these words: %s\n", scripts->count,
		        text);
	arena_free(arena);
	return fflush(out) != 0 ? SUITE_FAULT : count ? SUITE_PASSED : SUITE_BAD_SCRIPT;
}
