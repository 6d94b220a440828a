#include "suite/selectable.h"

#include <fnmatch.h>
#include <string.h>

bool pattern_fits(const char *pattern, const char *text)
{
	/* A name with its case, x.pkt[left], matches itself, although it looks like a pattern. */
	return strstr(text, pattern) || (strpbrk(pattern, "*?[") && fnmatch(pattern, text, 0) == 0);
}

/* Whole words only: --tag=slow must not match "slowest". */
static bool word_fits(const char *pattern, const char *word, size_t length)
{
	char copy[256];

	if (length >= sizeof(copy))
		return false;
	memcpy(copy, word, length);
	copy[length] = '\0';
	return fnmatch(pattern, copy, 0) == 0;
}

/* "X[EST]", which covers an id in a state, is also what "X" asks for. */
static bool id_fits(const char *pattern, const char *word, size_t length)
{
	size_t id_length = strcspn(word, " \t,[");

	return id_length < length && word_fits(pattern, word, id_length);
}

bool selectable_has(const struct selectable *test, const char *directive, const char *pattern)
{
	for (const struct directive_node *node = test->directives; node; node = node->next) {
		const char *word = node->text.text;

		if (strcmp(node->name.text, directive))
			continue;
		for (size_t length; *(word += strspn(word, " \t,")); word += length) {
			length = strcspn(word, " \t,");
			if (word_fits(pattern, word, length) || id_fits(pattern, word, length))
				return true;
		}
		if (fnmatch(pattern, node->text.text, 0) == 0)
			return true;
	}
	return false;
}
