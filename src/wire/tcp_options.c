/*
 * Each TCP option is a row: its name, its kind, and the fields behind the length byte. Appending
 * and printing walk the same rows, so a new option is one row and nothing else.
 */
#include "wire/tcp_options.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "wire/bytes.h"

enum option_form {
	FORM_BARE,     /* only a kind byte */
	FORM_FIELDS,   /* numbers, each with a label before it, or without */
	FORM_BLOCKS,   /* pairs of sequence numbers */
	FORM_HEX,      /* bytes that are written as hexadecimal digits */
	FORM_ANY_KIND, /* the same, after a word that says which kind it is */
	FORM_RAW,      /* bytes without kind and length */
};

/* What a number at the end of the name means: "gen-253", "exp-f989". */
enum option_suffix { SUFFIX_NONE, SUFFIX_KIND, SUFFIX_MAGIC };

enum { FIELDS_MAX = 3, BLOCK_BYTES = 8, MAGIC = 0x10000 };

struct option_row {
	const char *name;
	const char *label; /* for reports: "option mss" */
	uint8_t kind;
	enum option_form form;
	uint8_t least, most; /* how many fields, blocks or bytes are allowed */
	struct {
		const char *label;
		uint8_t size;
	} fields[FIELDS_MAX];
	uint32_t magic; /* MAGIC | the two bytes that come first */
	enum option_suffix suffix;
	uint8_t shift; /* how many bits to the left the number stands in its bytes */
	uint8_t usual; /* how many bytes a '*' stands for, where the value is hexadecimal digits */
	/*
	 * This word may stand for the bytes, which are filled in when the packet is sent or
	 * compared.
	 */
	const char *later;
};

#define NAME(text) .name = text, .label = "option " text

/*
 * Rows with the same name are told apart by their first label. The last two rows accept what no
 * other row does: any kind, and bytes that are not an option.
 */
static const struct option_row rows[] = {
	/* clang-format off */
	{ NAME("eol"), TCPOPT_KIND_EOL, FORM_BARE },
	{ NAME("nop"), TCPOPT_KIND_NOP, FORM_BARE },
	{ NAME("mss"), TCPOPT_KIND_MSS, FORM_FIELDS, 1, 1, { { "", 2 } } },
	{ NAME("wscale"), TCPOPT_KIND_WSCALE, FORM_FIELDS, 1, 1, { { "", 1 } } },
	{ NAME("sackOK"), TCPOPT_KIND_SACK_OK, FORM_FIELDS },
	{ NAME("sack"), TCPOPT_KIND_SACK, FORM_BLOCKS, 1, 4 },
	{ NAME("TS"), TCPOPT_KIND_TS, FORM_FIELDS, 2, 2, { { "val", 4 }, { "ecr", 4 } } },
	{ NAME("md5"), TCPOPT_KIND_MD5, FORM_HEX, 0, 16, .usual = 16, .later = "valid" },
	{ NAME("FO"), TCPOPT_KIND_FASTOPEN, FORM_HEX, 0, 38, .usual = 8 },
	{ NAME("FOEXP"), TCPOPT_KIND_EXPERIMENT, FORM_HEX, 0, 36, .usual = 8, .magic = MAGIC | 0xf989 },
	{ NAME("ECN"), TCPOPT_KIND_ACCECN0, FORM_FIELDS, 0, 3,
	  { { "e0b", 3 }, { "ceb", 3 }, { "e1b", 3 } } },
	{ NAME("ECN"), TCPOPT_KIND_ACCECN1, FORM_FIELDS, 1, 3,
	  { { "e1b", 3 }, { "ceb", 3 }, { "e0b", 3 } } },
	/* nplab's names. When printing, the rows above are taken first. */
	{ NAME("AccECN0"), TCPOPT_KIND_ACCECN0, FORM_FIELDS, 0, 3,
	  { { "ee0b", 3 }, { "eceb", 3 }, { "ee1b", 3 } } },
	{ NAME("AccECN1"), TCPOPT_KIND_ACCECN1, FORM_FIELDS, 0, 3,
	  { { "ee1b", 3 }, { "eceb", 3 }, { "ee0b", 3 } } },
	{ NAME("exp-FO"), TCPOPT_KIND_EXPERIMENT, FORM_HEX, 0, 36, .usual = 8, .magic = MAGIC | 0xf989 },
	{ NAME("EXP-FO"), TCPOPT_KIND_EXPERIMENT, FORM_HEX, 0, 36, .usual = 8, .magic = MAGIC | 0xf989 },
	{ NAME("exp-AccECN0"), TCPOPT_KIND_EXPERIMENT, FORM_FIELDS, 0, 3,
	  { { "ee0b", 3 }, { "eceb", 3 }, { "ee1b", 3 } }, .magic = MAGIC | 0xacc0 },
	{ NAME("exp-AccECN1"), TCPOPT_KIND_EXPERIMENT, FORM_FIELDS, 0, 3,
	  { { "ee1b", 3 }, { "eceb", 3 }, { "ee0b", 3 } }, .magic = MAGIC | 0xacc1 },
	{ NAME("exp-tarr"), TCPOPT_KIND_EXPERIMENT, FORM_FIELDS, 0, 1, { { "", 1 } },
	  .magic = MAGIC | 0x00ac, .shift = 1 },
	{ .name = "exp-", .label = "experimental option", TCPOPT_KIND_EXPERIMENT, FORM_HEX, 0, 36, .suffix = SUFFIX_MAGIC },
	{ .name = "gen-", .label = "option", 0, FORM_HEX, 0, 38, .suffix = SUFFIX_KIND },
	{ .name = "opt", .label = "option", 0, FORM_ANY_KIND, 0, 38 },
	{ .name = "raw", .label = "option", 0, FORM_RAW, 1, TCP_OPTIONS_MAX },
	/* clang-format on */
};

enum {
	ROW_COUNT = sizeof(rows) / sizeof(rows[0]),
	ROW_RAW = ROW_COUNT - 1,
	ROW_ANY = ROW_COUNT - 2
};

const char *tcp_option_name(size_t index)
{
	return index < ROW_COUNT ? rows[index].name : NULL;
}

/* ---- from words to bytes ---- */

enum { WHY_TEXT = 128, NO_WORD = -1 };

/* An option that is being built, and the words that it is built of. */
struct builder {
	const struct option_row *row;
	const struct tcp_option_word *words;
	size_t count, next;
	/* Never more than TCP_OPTIONS_MAX; an option that is longer is reported. */
	struct tcp_option_bytes made;
	size_t length;
	int *bad;
	char *why;
};

__attribute__((format(printf, 3, 4))) static bool fail(struct builder *builder, int bad,
                                                       const char *format, ...)
{
	va_list args;

	*builder->bad = bad;
	va_start(args, format);
	vsnprintf(builder->why, WHY_TEXT, format, args);
	va_end(args);
	return false;
}

static bool fail_here(struct builder *builder, const char *message)
{
	return fail(builder, (int)builder->next, "%s %s", builder->row->name, message);
}

static void put(struct builder *builder, uint8_t byte, bool any)
{
	if (builder->length < TCP_OPTIONS_MAX) {
		builder->made.bytes[builder->length] = byte;
		builder->made.any[builder->length] = any ? 0xff : 0;
	}
	builder->length++;
}

static void put_number(struct builder *builder, uint64_t number, size_t size, bool any)
{
	while (size-- > 0)
		put(builder, any ? 0 : (uint8_t)(number >> (8 * size)), any);
}

static const struct tcp_option_word *next_word(struct builder *builder)
{
	return builder->next < builder->count ? &builder->words[builder->next] : NULL;
}

static bool in_range(struct builder *builder, const char *what, int64_t number, size_t size)
{
	int64_t most = ((int64_t)1 << (8 * size - builder->row->shift)) - 1;

	if (number >= 0 && number <= most)
		return true;
	return fail(builder, (int)builder->next, "%s%s%s is %lld, not in 0..%lld",
	            builder->row->name, what[0] ? " " : "", what, (long long)number,
	            (long long)most);
}

static bool append_field(struct builder *builder, const char *label, size_t size)
{
	const struct tcp_option_word *word = next_word(builder);

	if (label[0]) {
		if (!word)
			return fail(builder, NO_WORD, "%s needs %s", builder->row->name, label);
		if (word->kind != OPTION_TEXT || strcmp(word->text, label))
			return fail(builder, (int)builder->next, "%s needs %s here",
			            builder->row->name, label);
		builder->next++;
		word = next_word(builder);
	}
	if (!word)
		return fail(builder, label[0] ? (int)builder->next - 1 : NO_WORD,
		            "%s needs a number", label[0] ? label : builder->row->name);
	if (word->kind != OPTION_NUMBER && word->kind != OPTION_ANY)
		return fail_here(builder, "needs a number here");
	if (word->kind == OPTION_NUMBER && !in_range(builder, label, word->number, size))
		return false;
	put_number(builder, (uint64_t)word->number << builder->row->shift, size,
	           word->kind == OPTION_ANY);
	builder->next++;
	return true;
}

static bool append_fields(struct builder *builder)
{
	const struct option_row *row = builder->row;

	for (unsigned i = 0; i < row->most && (i < row->least || next_word(builder)); i++)
		if (!append_field(builder, row->fields[i].label, row->fields[i].size))
			return false;
	return true;
}

static bool append_blocks(struct builder *builder)
{
	const struct tcp_option_word *word;
	unsigned blocks = 0;

	for (; (word = next_word(builder)) && blocks < builder->row->most;
	     blocks++, builder->next++) {
		if (word->kind != OPTION_PAIR && word->kind != OPTION_ANY)
			return fail_here(builder, "needs blocks like 1001:2001");
		if (word->kind == OPTION_PAIR &&
		    (!in_range(builder, "left edge", word->number, 4) ||
		     !in_range(builder, "right edge", word->second, 4)))
			return false;
		put_number(builder, (uint64_t)word->number, 4, word->kind == OPTION_ANY);
		put_number(builder, (uint64_t)word->second, 4, word->kind == OPTION_ANY);
	}
	if (blocks < builder->row->least)
		return fail(builder, NO_WORD, "%s needs a block like 1001:2001",
		            builder->row->name);
	return true;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *found = c ? strchr(digits, c) : NULL;

	return found ? (int)((found - digits) & 15) : -1;
}

static bool append_digits(struct builder *builder, const char *digits)
{
	const struct option_row *row = builder->row;
	size_t length = strlen(digits);

	if (length % 2 != 0)
		return fail_here(builder, "needs an even number of hexadecimal digits");
	if (length / 2 > row->most)
		return fail(builder, (int)builder->next, "%s has %zu bytes, more than %u",
		            row->name, length / 2, row->most);
	for (size_t i = 0; i < length; i += 2) {
		int high = hex_digit(digits[i]), low = hex_digit(digits[i + 1]);

		if (high < 0 || low < 0)
			return fail(builder, (int)builder->next, "%s: '%c' is no hexadecimal digit",
			            row->name, digits[high < 0 ? i : i + 1]);
		put(builder, (uint8_t)(high << 4 | low), false);
	}
	return true;
}

static bool append_hex(struct builder *builder)
{
	const struct option_row *row = builder->row;
	const struct tcp_option_word *word = next_word(builder);
	bool later =
		word && row->later && word->kind == OPTION_TEXT && !strcmp(word->text, row->later);

	if (!word && row->least == 0)
		return true;
	if (!word)
		return fail(builder, NO_WORD, "%s needs hexadecimal digits", row->name);
	if ((word->kind == OPTION_ANY && row->usual > 0) || later) {
		for (unsigned i = 0; i < row->usual; i++)
			put(builder, 0, !later);
	} else if (word->kind == OPTION_PAIR || word->kind == OPTION_ANY || !word->text) {
		return fail_here(builder, "needs hexadecimal digits here");
	} else if (!append_digits(builder, word->text)) {
		return false;
	}
	builder->next++;
	return true;
}

static bool append_kind(struct builder *builder)
{
	const struct tcp_option_word *word = next_word(builder);

	if (builder->row->form != FORM_ANY_KIND) {
		put(builder, builder->row->kind, false);
		return true;
	}
	if (!word || word->kind != OPTION_NUMBER)
		return fail(builder, word ? (int)builder->next : NO_WORD,
		            "%s needs the option's kind", builder->row->name);
	/* Kinds 0 and 1 have no length byte. They are written by their names. */
	if (word->number < 2 || word->number > UINT8_MAX)
		return fail(builder, (int)builder->next, "%s kind is %lld, not in 2..255",
		            builder->row->name, (long long)word->number);
	put(builder, (uint8_t)word->number, false);
	builder->next++;
	return true;
}

static bool append_body(struct builder *builder)
{
	switch (builder->row->form) {
	case FORM_BARE:
		return true;
	case FORM_FIELDS:
		return append_fields(builder);
	case FORM_BLOCKS:
		return append_blocks(builder);
	case FORM_HEX:
	case FORM_ANY_KIND:
	case FORM_RAW:
		return append_hex(builder);
	}
	return false;
}

static bool build(struct builder *builder)
{
	const struct option_row *row = builder->row;
	bool has_length = row->form != FORM_BARE && row->form != FORM_RAW;

	if (row->form != FORM_RAW && !append_kind(builder))
		return false;
	if (has_length)
		put(builder, 0, false);
	if (row->magic)
		put_number(builder, row->magic, 2, false);
	if (!append_body(builder))
		return false;
	if (builder->next < builder->count)
		return fail_here(builder, row->most == 0 ? "takes no value" : "takes no more here");
	if (has_length)
		builder->made.bytes[1] = (uint8_t)builder->length;
	return true;
}

/*
 * For a row whose name ends with a number ("gen-200", "exp-f989"): completes the row by that
 * number. Returns false when the name does not belong to this row.
 */
static bool row_complete(const struct option_row *row, const char *name,
                         struct option_row *complete)
{
	size_t length = strlen(row->name);
	char *end;
	unsigned long number;

	if (row->suffix == SUFFIX_NONE || strncmp(name, row->name, length) ||
	    hex_digit(name[length]) < 0)
		return false;
	number = strtoul(name + length, &end, row->suffix == SUFFIX_KIND ? 10 : 16);
	*complete = *row;
	complete->name = name;
	if (row->suffix == SUFFIX_KIND)
		complete->kind = (uint8_t)number;
	else
		complete->magic = MAGIC | (uint32_t)number;
	return *end == '\0' && number <= (row->suffix == SUFFIX_KIND ? UINT8_MAX : UINT16_MAX);
}

static const struct option_row *row_by_name(const char *name, const struct tcp_option_word *words,
                                            size_t count, struct option_row *complete)
{
	const struct option_row *first = NULL;

	for (size_t i = 0; i < ROW_COUNT; i++) {
		const char *label = rows[i].fields[0].label;

		if (row_complete(&rows[i], name, complete))
			return complete;
		if (rows[i].suffix != SUFFIX_NONE || strcmp(rows[i].name, name))
			continue;
		if (!first)
			first = &rows[i];
		if (label && count > 0 && words[0].kind == OPTION_TEXT &&
		    !strcmp(words[0].text, label))
			return &rows[i];
	}
	return first;
}

const char *tcp_option_append(struct tcp_option_bytes *options, const char *name,
                              const struct tcp_option_word *words, size_t count, int *bad,
                              char why[128])
{
	struct option_row complete;
	struct tcp_option_word digits = { OPTION_TEXT, name, 0, 0 };
	struct builder builder = {
		.row = row_by_name(name, words, count, &complete),
		.words = words,
		.count = count,
		.bad = bad,
		.why = why,
	};
	size_t room = TCP_OPTIONS_MAX - options->length;

	*bad = NO_WORD;
	if (!builder.row && count == 0 && *name && !name[strspn(name, "0123456789abcdefABCDEF")]) {
		builder.row = &rows[ROW_RAW];
		builder.words = &digits;
		builder.count = 1;
	}
	if (!builder.row) {
		snprintf(why, WHY_TEXT, "there is no TCP option '%.40s'", name);
		return why;
	}
	if (!build(&builder)) {
		if (builder.words == &digits)
			*bad = NO_WORD;
		return why;
	}
	if (builder.length > room) {
		snprintf(why, WHY_TEXT,
		         "%s takes %zu of the %d bytes for options, and %zu are left", name,
		         builder.length, TCP_OPTIONS_MAX, room);
		return why;
	}
	memcpy(options->bytes + options->length, builder.made.bytes, builder.length);
	memcpy(options->any + options->length, builder.made.any, builder.length);
	options->length += (uint8_t)builder.length;
	return NULL;
}

/* ---- from bytes to options ---- */

bool tcp_option_next(const uint8_t *options, size_t length, size_t *offset,
                     struct tcp_option_view *view, bool *bad)
{
	size_t left = length - *offset;

	*bad = false;
	if (*offset >= length)
		return false;
	view->bytes = options + *offset;
	view->kind = view->bytes[0];
	view->length = 1;
	if (view->kind == TCPOPT_KIND_EOL) {
		*offset = length;
		return true;
	}
	if (view->kind != TCPOPT_KIND_NOP) {
		*bad = left < 2 || view->bytes[1] < 2 || view->bytes[1] > left;
		if (*bad)
			return false;
		view->length = view->bytes[1];
	}
	*offset += view->length;
	return true;
}

bool tcp_option_find(const struct tcp_header *tcp, uint8_t kind, struct tcp_option_view *view)
{
	size_t offset = 0;
	bool bad;

	while (tcp_option_next(tcp->options, tcp->options_length, &offset, view, &bad))
		if (view->kind == kind)
			return true;
	return false;
}

/*
 * Returns the bytes of the TS option's two values; NULL when there is no TS option of the right
 * length.
 */
static const uint8_t *timestamps(const struct tcp_header *tcp)
{
	struct tcp_option_view view;

	if (!tcp_option_find(tcp, TCPOPT_KIND_TS, &view) || view.length != 10)
		return NULL;
	return view.bytes + 2;
}

bool tcp_timestamp_get(const struct tcp_header *tcp, uint32_t *value, uint32_t *echo)
{
	const uint8_t *bytes = timestamps(tcp);

	if (!bytes)
		return false;
	*value = get32(bytes);
	*echo = get32(bytes + 4);
	return true;
}

void tcp_timestamp_set(struct tcp_header *tcp, uint32_t value, uint32_t echo)
{
	const uint8_t *bytes = timestamps(tcp);

	if (!bytes)
		return;
	put32(tcp->options + (bytes - tcp->options), value);
	put32(tcp->options + (bytes - tcp->options) + 4, echo);
}

void tcp_sack_shift(struct tcp_header *tcp, uint32_t offset)
{
	struct tcp_option_view view;
	size_t at = 0;
	bool bad;

	while (tcp_option_next(tcp->options, tcp->options_length, &at, &view, &bad)) {
		uint8_t *edge = tcp->options + (view.bytes - tcp->options) + 2;

		if (view.kind != TCPOPT_KIND_SACK)
			continue;
		for (unsigned edges = (view.length - 2u) / BLOCK_BYTES * 2; edges > 0;
		     edges--, edge += 4)
			put32(edge, get32(edge) + offset);
	}
}

/* ---- print ---- */

/* How many fields have exactly `size` bytes; -1 when no number of them has. */
static int fields_in(const struct option_row *row, size_t size)
{
	size_t sum = 0;
	int count = 0;

	while (count < row->most && sum < size)
		sum += row->fields[count++].size;
	return sum == size && count >= row->least ? count : -1;
}

static bool row_fits(const struct option_row *row, const struct tcp_option_view *view)
{
	size_t head = row->magic ? 4 : 2;
	size_t body = view->length - head;

	if (row->form == FORM_ANY_KIND)
		return true;
	if (row->kind != view->kind || row->form == FORM_RAW || row->suffix != SUFFIX_NONE)
		return false;
	if (row->form == FORM_BARE)
		return true;
	if (view->length < head || (row->magic && get16(view->bytes + 2) != (uint16_t)row->magic))
		return false;
	if (row->form == FORM_FIELDS)
		return fields_in(row, body) >= 0;
	if (row->form == FORM_BLOCKS)
		return body % BLOCK_BYTES == 0 && body / BLOCK_BYTES >= row->least &&
		       body / BLOCK_BYTES <= row->most;
	return body >= row->least && body <= row->most;
}

/*
 * The bytes of an option, and which of them the script leaves open. `any` is NULL when it leaves
 * none open.
 */
struct open_bytes {
	const uint8_t *bytes, *any;
};

static bool is_open(const struct open_bytes *from, size_t at, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!from->any || !from->any[at + i])
			return false;
	return size > 0;
}

static void print_fields(const struct option_row *row, const struct open_bytes *from, size_t at,
                         size_t body, struct text_buffer *out)
{
	int count = fields_in(row, body);

	for (int i = 0; i < count; at += row->fields[i++].size) {
		size_t size = row->fields[i].size;
		uint32_t number = 0;

		for (size_t j = 0; j < size; j++)
			number = number << 8 | from->bytes[at + j];
		text_add(out, row->fields[i].label[0] ? " %s" : "%s", row->fields[i].label);
		if (is_open(from, at, size))
			text_add(out, " *");
		else
			text_add(out, " %u", number >> row->shift);
	}
}

static void print_blocks(const struct open_bytes *from, size_t at, size_t body,
                         struct text_buffer *out)
{
	for (; body > 0; at += BLOCK_BYTES, body -= BLOCK_BYTES)
		if (is_open(from, at, BLOCK_BYTES))
			text_add(out, " *");
		else
			text_add(out, " %u:%u", get32(from->bytes + at),
			         get32(from->bytes + at + 4));
}

/* The first row that can print the option; "opt" can print all. */
static const struct option_row *row_of(const struct tcp_option_view *view)
{
	const struct option_row *row = rows;

	while (!row_fits(row, view))
		row++;
	return row;
}

const char *tcp_option_label(const struct tcp_option_view *view)
{
	const struct option_row *row = row_of(view);

	/* An option whose length is wrong for its row is still that option. */
	for (size_t i = 0; i < ROW_COUNT && row == &rows[ROW_ANY]; i++)
		if (rows[i].kind == view->kind && !rows[i].magic)
			row = &rows[i];
	return row->label;
}

static void print_option(const struct tcp_option_view *view, const uint8_t *any,
                         struct text_buffer *out)
{
	const struct open_bytes from = { view->bytes, any };
	const struct option_row *row = row_of(view);
	size_t head, body;

	text_add(out, "%s", row->name);
	if (row->form == FORM_BARE)
		return;
	head = row->magic ? 4 : 2;
	body = view->length - head;
	if (row->form == FORM_ANY_KIND)
		text_add(out, " %u", view->kind);
	if (row->form == FORM_FIELDS) {
		print_fields(row, &from, head, body, out);
	} else if (row->form == FORM_BLOCKS) {
		print_blocks(&from, head, body, out);
	} else if (is_open(&from, head, body)) {
		text_add(out, " *");
	} else if (body > 0) {
		text_add(out, " ");
		text_add_hex(out, view->bytes + head, body);
	}
}

/*
 * Prints bytes that are not an option: a malformed length and everything behind it, or bytes behind
 * the EOL.
 */
static void print_rest(const uint8_t *bytes, size_t length, bool first, struct text_buffer *out)
{
	while (length > 0 && bytes[length - 1] == 0)
		length--; /* the EOL that pads the rest */
	if (length == 0)
		return;
	text_add(out, "%s%s ", first ? "" : ",", rows[ROW_RAW].name);
	text_add_hex(out, bytes, length);
}

static const char *print(const uint8_t *options, const uint8_t *any, size_t length, char *text,
                         size_t size)
{
	struct text_buffer out = text_begin(text, size);
	struct tcp_option_view view;
	size_t offset = 0, done = 0;
	bool bad;

	if (length == 0)
		return text;
	text_add(&out, "<");
	while (tcp_option_next(options, length, &offset, &view, &bad)) {
		text_add(&out, "%s", done > 0 ? "," : "");
		print_option(&view, any ? any + (view.bytes - options) : NULL, &out);
		done = (size_t)(view.bytes - options) + view.length;
	}
	print_rest(options + done, length - done, done == 0, &out);
	text_add(&out, ">");
	return text;
}

const char *tcp_options_print(const uint8_t *options, size_t length, char *text, size_t size)
{
	return print(options, NULL, length, text, size);
}

const char *tcp_options_print_wanted(const struct tcp_option_bytes *wanted, char *text, size_t size)
{
	return print(wanted->bytes, wanted->any, wanted->length, text, size);
}
