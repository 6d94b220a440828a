#include "suite/expression.h"

#include <ctype.h>
#include <string.h>

#include "base/suggest.h"

enum { DEPTH_MAX = 200 };

/* ---- what can be asked of a test ---- */

static bool fits_name(const struct selectable *test, const char *pattern)
{
	return pattern_fits(pattern, test->name);
}

static bool fits_path(const struct selectable *test, const char *pattern)
{
	return pattern_fits(pattern, test->path);
}

static bool fits_family(const struct selectable *test, const char *pattern)
{
	/* A family must be the whole name: "ipv6" must not match "ipv4-mapped-ipv6". */
	return strpbrk(pattern, "*?[") ? pattern_fits(pattern, test->family)
	                               : !strcmp(pattern, test->family);
}

static bool fits_case(const struct selectable *test, const char *pattern)
{
	return test->case_name && pattern_fits(pattern, test->case_name);
}

static bool fits_tag(const struct selectable *test, const char *pattern)
{
	return selectable_has(test, "tag", pattern);
}

static bool fits_covers(const struct selectable *test, const char *pattern)
{
	return selectable_has(test, "covers", pattern);
}

static bool fits_rfc(const struct selectable *test, const char *pattern)
{
	return selectable_has(test, "rfc", pattern);
}

static bool fits_verdict(const struct selectable *test, const char *pattern)
{
	return selectable_has(test, "verdict", pattern);
}

typedef bool (*question)(const struct selectable *test, const char *pattern);

static const struct {
	const char *name;
	question ask;
} questions[] = {
	{ "name", fits_name }, { "path", fits_path },       { "family", fits_family },
	{ "case", fits_case }, { "tag", fits_tag },         { "covers", fits_covers },
	{ "rfc", fits_rfc },   { "verdict", fits_verdict },
};

enum { QUESTIONS = sizeof(questions) / sizeof(*questions) };

/* ---- the tree ---- */

enum expression_kind { EITHER, BOTH, NOT, ASK };

struct expression {
	enum expression_kind kind;
	const struct expression *left, *right; /* NOT has only `left` */
	question ask;
	const char *pattern;
};

bool expression_fits(const struct expression *e, const struct selectable *test)
{
	switch (e->kind) {
	case EITHER:
		return expression_fits(e->left, test) || expression_fits(e->right, test);
	case BOTH:
		return expression_fits(e->left, test) && expression_fits(e->right, test);
	case NOT:
		return !expression_fits(e->left, test);
	case ASK:
		break;
	}
	return e->ask(test, e->pattern);
}

/* ---- parsing ---- */

struct parser {
	const struct source_text *text;
	const char *at;
	struct arena *arena;
	struct diag *diag;
	unsigned depth;
};

static const struct expression *parse_either(struct parser *parser);

static struct range range_of(const struct parser *parser, const char *begin, size_t length)
{
	uint32_t at = parser->text->base + (uint32_t)(begin - parser->text->text);

	return (struct range){ at, at + (uint32_t)(length ? length : 1) };
}

static const struct expression *make(struct parser *parser, struct expression expression)
{
	return arena_memdup(parser->arena, &expression, sizeof(expression));
}

static char next_sign(struct parser *parser)
{
	parser->at += strspn(parser->at, " \t\n");
	return *parser->at;
}

/* 'a & b' may also be written 'a && b'. */
static bool take(struct parser *parser, char sign)
{
	if (next_sign(parser) != sign)
		return false;
	parser->at++;
	if (*parser->at == sign && (sign == '&' || sign == '|'))
		parser->at++;
	return true;
}

static const struct expression *wrong(struct parser *parser, const char *at, size_t length,
                                      const char *what)
{
	diag_error(parser->diag, range_of(parser, at, length), "%s", what);
	return NULL;
}

static const struct expression *unknown_word(struct parser *parser, const char *word, size_t length)
{
	struct suggestion near = { .wanted = arena_strndup(parser->arena, word, length) };

	for (size_t i = 0; i < QUESTIONS; i++)
		suggest_offer(&near, questions[i].name);
	diag_error(parser->diag, range_of(parser, word, length),
	           "tests cannot be selected by '%s', only by: "
	           "name, path, family, case, tag, covers, rfc or verdict",
	           near.wanted);
	if (near.best)
		diag_hint(parser->diag, "did you mean %s?", near.best);
	return NULL;
}

/* The pattern up to the parenthesis that closes it. Parentheses within it come in pairs. */
static const char *take_pattern(struct parser *parser)
{
	const char *begin = parser->at, *open = parser->at - 1;
	int depth = 1;

	for (; *parser->at && depth; parser->at++)
		depth += (*parser->at == '(') - (*parser->at == ')');
	if (depth) {
		wrong(parser, open, 1, "this parenthesis is not closed");
		return NULL;
	}
	size_t length = (size_t)(parser->at - 1 - begin);
	while (length && isspace((unsigned char)*begin))
		begin++, length--;
	while (length && isspace((unsigned char)begin[length - 1]))
		length--;
	if (length)
		return arena_strndup(parser->arena, begin, length);
	wrong(parser, open, 2, "there is no pattern in these parentheses");
	return NULL;
}

static const struct expression *parse_question(struct parser *parser)
{
	const char *word = parser->at;
	size_t length = 0;

	while (isalpha((unsigned char)word[length]))
		length++;
	if (!length)
		return wrong(parser, word, 1,
		             "name(...), tag(...) or the like, '!' or '(' should stand here");
	for (size_t i = 0; i < QUESTIONS; i++) {
		if (strlen(questions[i].name) != length || strncmp(questions[i].name, word, length))
			continue;
		parser->at += length;
		if (!take(parser, '('))
			return wrong(parser, parser->at, 1,
			             "a pattern in parentheses should follow here");
		const char *pattern = take_pattern(parser);
		return pattern ? make(parser, (struct expression){ .kind = ASK,
		                                                   .ask = questions[i].ask,
		                                                   .pattern = pattern })
		               : NULL;
	}
	return unknown_word(parser, word, length);
}

static const struct expression *parse_one(struct parser *parser)
{
	const struct expression *inner;

	if (parser->depth++ > DEPTH_MAX)
		return wrong(parser, parser->at, 1, "this is nested too deeply");
	if (take(parser, '!')) {
		inner = parse_one(parser);
		inner = inner ? make(parser, (struct expression){ .kind = NOT, .left = inner })
		              : NULL;
	} else if (take(parser, '(')) {
		const char *open = parser->at - 1;

		inner = parse_either(parser);
		if (inner && !take(parser, ')'))
			inner = next_sign(parser)
			                ? wrong(parser, parser->at, 1,
			                        "'&', '|' or ')' should stand here")
			                : wrong(parser, open, 1, "this parenthesis is not closed");
	} else {
		inner = parse_question(parser);
	}
	parser->depth--;
	return inner;
}

static const struct expression *parse_both(struct parser *parser)
{
	const struct expression *left = parse_one(parser);

	while (left && take(parser, '&')) {
		const struct expression *right = parse_one(parser);

		left = right ? make(parser, (struct expression){ .kind = BOTH,
		                                                 .left = left,
		                                                 .right = right })
		             : NULL;
	}
	return left;
}

static const struct expression *parse_either(struct parser *parser)
{
	const struct expression *left = parse_both(parser);

	while (left && take(parser, '|')) {
		const struct expression *right = parse_both(parser);

		left = right ? make(parser, (struct expression){ .kind = EITHER,
		                                                 .left = left,
		                                                 .right = right })
		             : NULL;
	}
	return left;
}

const struct expression *expression_parse(const struct source_text *text, struct arena *arena,
                                          struct diag *diag)
{
	struct parser parser = { .text = text, .at = text->text, .arena = arena, .diag = diag };
	const struct expression *expression = parse_either(&parser);

	if (expression && next_sign(&parser))
		return wrong(&parser, parser.at, 1, "'&' or '|' should stand here");
	return expression;
}
