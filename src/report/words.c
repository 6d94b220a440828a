#include "report/words.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "program/symbols.h"
#include "wire/encapsulation.h"

/* ---- what the terminal can show ---- */

static bool locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "UTF-8") || strcasestr(value, "UTF8");
	}
	return false;
}

struct style style_of(FILE *out)
{
	const char *refused = getenv("NO_COLOR");
	int fd = fileno(out);

	return (struct style){
		.colour = fd >= 0 && isatty(fd) && !(refused && *refused),
		.unicode = locale_is_utf8(),
	};
}

const char *style_begin(struct style style, enum style_colour colour)
{
	static const char *const codes[] = {
		[COLOUR_BAD] = "\033[31m",  [COLOUR_GOOD] = "\033[32m",  [COLOUR_ODD] = "\033[33m",
		[COLOUR_FAINT] = "\033[2m", [COLOUR_STRONG] = "\033[1m",
	};

	return style.colour ? codes[colour] : "";
}

const char *style_end(struct style style)
{
	return style.colour ? "\033[0m" : "";
}

enum style_colour style_of_verdict(enum verdict_kind kind)
{
	static const enum style_colour colours[] = {
		/* clang-format off */
		[VERDICT_NONE] = COLOUR_BAD,    [VERDICT_PASS] = COLOUR_GOOD,
		[VERDICT_FAIL] = COLOUR_BAD,    [VERDICT_XFAIL] = COLOUR_FAINT,
		[VERDICT_XPASS] = COLOUR_ODD,   [VERDICT_SKIP] = COLOUR_FAINT,
		[VERDICT_INVALID] = COLOUR_ODD, [VERDICT_ERROR] = COLOUR_BAD,
		/* clang-format on */
	};

	static_assert(sizeof(colours) / sizeof(*colours) == VERDICT_KINDS,
	              "each kind has a colour");

	return (unsigned)kind < VERDICT_KINDS ? colours[kind] : COLOUR_BAD;
}

/* ---- characters ---- */

size_t utf8_next(const char *text, size_t left, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	const unsigned char *bytes = (const unsigned char *)text;
	size_t length = bytes[0] < 0x80 ? 1 : bytes[0] >= 0xf0 ? 4 : bytes[0] >= 0xe0 ? 3 : 2;
	uint32_t value = bytes[0];

	if (!left || length > left || (bytes[0] >= 0x80 && bytes[0] < 0xc0) || bytes[0] > 0xf4)
		return 0;
	if (length > 1)
		value &= 0x7fu >> length;
	for (size_t i = 1; i < length; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3fu);
	}
	if (value < smallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
		return 0;
	*character = value;
	return length;
}

void words_print(FILE *out, const char *text, size_t size)
{
	size_t length, left = strnlen(text, size);
	uint32_t character;

	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		/* C1 controls (U+0080 to U+009F) steer terminals, too. */
		if (!length || character < 0x20 || (character >= 0x7f && character < 0xa0)) {
			length = length ? length : 1;
			fputc('?', out);
			continue;
		}
		fwrite(text, 1, length, out);
	}
}

/* ---- script text ---- */

/* Length of the comment that begins at `text`, 0 when none does. */
static size_t comment_length(const char *text, size_t left)
{
	const char *end;

	if (left < 2 || text[0] != '/' || (text[1] != '/' && text[1] != '*'))
		return 0;
	if (text[1] == '/') {
		end = memchr(text, '\n', left);
		return end ? (size_t)(end - text) : left;
	}
	end = memmem(text + 2, left - 2, "*/", 2);
	return end ? (size_t)(end - text) + 2 : left;
}

static void squeeze(const char *from, size_t left, char text[WORDS])
{
	size_t used = 0, skip;
	bool quoted = false, blank = false;

	for (; left && *from && used < WORDS - 5; from += skip, left -= skip) {
		skip = quoted ? 0 : comment_length(from, left);
		if (skip || (!quoted && isspace((unsigned char)*from))) {
			blank = used;
			skip = skip ? skip : 1;
			continue;
		}
		skip = 1;
		if (blank)
			text[used++] = ' ';
		blank = false;
		if (quoted && *from == '\\' && left > 1) {
			text[used++] = *from;
			skip = 2;
		}
		if (*from == '"')
			quoted = !quoted;
		text[used++] = from[skip - 1];
	}
	if (left && *from)
		used += (size_t)sprintf(text + used, "...");
	text[used] = '\0';
}

const char *words_source(const struct sources *sources, struct range range, char text[WORDS])
{
	size_t length;
	const char *written = sources && range.end > range.begin
	                              ? sources_written(sources, range, &length)
	                              : NULL;

	*text = '\0';
	if (written)
		squeeze(written, length, text);
	return text;
}

/* A script's event without the time before it. */
static const char *after_time(const char *text)
{
	size_t length = strspn(text, "0123456789.+-*~");

	if (length && text[length] == ' ')
		return text + length + 1;
	return text;
}

/* ---- segments, errors, states ---- */

static void add_outer(struct text_buffer *out, const struct segment *segment)
{
	char outer[ENCAPSULATION_TEXT];

	if (segment->outer_length && segment->outer_length <= ENCAPSULATION_MAX)
		text_add(out, "%s",
		         encapsulation_print(segment->outer, segment->outer_length, outer,
		                             sizeof(outer)));
}

const char *words_segment(const struct segment *segment, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);
	struct segment safe = *segment;
	char inner[WORDS];

	safe.payload = NULL;
	safe.payload_captured = 0;
	if (safe.protocol == IPPROTO_TCP && safe.tcp.options_length > TCP_OPTIONS_MAX)
		safe.tcp.options_length = TCP_OPTIONS_MAX;
	if (!safe.protocol)
		text_add(&out, "a packet of which nothing is recorded");
	else
		add_outer(&out, segment), text_add(&out, "%s", segment_print(&safe, inner, WORDS));
	return text;
}

const char *words_error(int error, char text[WORDS])
{
	const char *name = symbol_name(SYMBOL_ERRNO, error);

	if (name)
		snprintf(text, WORDS, "%s (%s)", name, strerror(error));
	else
		snprintf(text, WORDS, "errno %d", error);
	return text;
}

static void add_queue(struct text_buffer *out, unsigned bytes, const char *what)
{
	if (bytes)
		text_add(out, ", %u byte%s %s", bytes, bytes == 1 ? "" : "s", what);
}

const char *words_state(const struct tcp_status *state, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);

	text_add(&out, "%s", tcp_state_name(state->state));
	if (state->state == STATE_CLOSED)
		return text;
	if (state->timer != TIMER_NONE)
		text_add(&out, ", timer %s %.3f s", tcp_timer_name(state->timer),
		         (double)state->expires / USEC_PER_SEC);
	if (state->retransmits)
		text_add(&out, ", %u retransmission%s", state->retransmits,
		         state->retransmits == 1 ? "" : "s");
	if (state->state == STATE_LISTEN) {
		text_add(&out, ", %u of %u in the backlog", state->receive_queue,
		         state->send_queue);
		return text;
	}
	add_queue(&out, state->receive_queue, "to read");
	add_queue(&out, state->send_queue, "to send");
	return text;
}

/* ---- what the script wants of a packet ---- */

static bool checks(const struct packet_want *want, enum packet_field field)
{
	return want->check & 1u << field;
}

/* The script's own words have the wildcards that the bytes have not. */
static void add_wanted_options(struct text_buffer *out, const struct packet_want *want,
                               const struct sources *sources)
{
	char options[WORDS];
	size_t length = want->options ? want->options->length : 0;

	words_source(sources, packet_where(want, FIELD_OPTIONS), options);
	if (*options == '<')
		text_add(out, " %s", options);
	else if (*options)
		text_add(out, " <%s>", options);
	else if (length && length <= TCP_OPTIONS_MAX)
		text_add(out, " %s",
		         tcp_options_print(want->options->bytes, length, options, WORDS));
}

const char *words_want(const struct packet_want *want, const struct sources *sources,
                       char text[WORDS])
{
	const struct segment *segment = &want->segment;
	const struct tcp_header *tcp = &segment->tcp;
	struct text_buffer out = text_begin(text, WORDS);
	char flags[TCP_FLAGS_TEXT];

	if (segment->protocol != IPPROTO_TCP)
		return words_segment(segment, text);
	add_outer(&out, segment);
	if (checks(want, FIELD_PORTS))
		text_add(&out, "%u > %u ", tcp->source, tcp->destination);
	text_add(&out, "%s", checks(want, FIELD_FLAGS) ? tcp_flags_print(tcp->flags, flags) : "*");
	if (checks(want, FIELD_SEQUENCE))
		text_add(&out, " %u:%u", tcp->sequence, tcp->sequence + segment->payload_length);
	else
		text_add(&out, " *");
	if (checks(want, FIELD_LENGTH))
		text_add(&out, "(%u)", segment->payload_length);
	else
		text_add(&out, "(*)");
	if (checks(want, FIELD_ACKNOWLEDGMENT))
		text_add(&out, " ack %u", tcp->acknowledgment);
	if (checks(want, FIELD_WINDOW))
		text_add(&out, " win %u", tcp->window);
	if (checks(want, FIELD_URGENT) && tcp->urgent)
		text_add(&out, " urg %u", tcp->urgent);
	if (checks(want, FIELD_OPTIONS))
		add_wanted_options(&out, want, sources);
	return text;
}

/* ---- events ---- */

/* Where the result is written in the text of a call: behind the '=' that is in no parentheses. */
static char *written_result(char *text)
{
	bool quoted = false;
	int depth = 0;

	for (; *text; text++) {
		if (*text == '\\' && quoted && text[1])
			text++;
		else if (*text == '"')
			quoted = !quoted;
		else if (!quoted && strchr("([{", *text))
			depth++;
		else if (!quoted && strchr(")]}", *text))
			depth--;
		else if (!quoted && depth == 0 && *text == '=')
			return text;
	}
	return NULL;
}

/* True: the script says a number, and (with an error) its name, and it is what came. */
static bool result_as_written(const char *written, const struct event *event)
{
	const char *name = event->error ? symbol_name(SYMBOL_ERRNO, event->error) : NULL;
	char *rest;
	long number = strtol(written, &rest, 0);
	size_t length;

	/* A word (a new process, flags by name) is the run's to compare. */
	if (rest == written)
		return !event->error && strncmp(written, "...", 3);
	rest += strspn(rest, " ");
	length = strcspn(rest, " (");
	if (number != event->result || !event->error)
		return number == event->result;
	return name && strlen(name) == length && !strncmp(name, rest, length);
}

static void add_result(struct text_buffer *out, const struct event *event)
{
	char error[WORDS];

	if (event->error)
		text_add(out, "%ld %s", event->result, words_error(event->error, error));
	else
		text_add(out, "%ld", event->result);
}

static void add_call(struct text_buffer *out, const struct event *event, char *source)
{
	char *equals = written_result(source);

	if (event->kind == EVENT_CALL_BEGUN) {
		while (equals && (*equals == '=' || *equals == ' '))
			*equals-- = '\0';
		text_add(out, "begun: %s", source);
		return;
	}
	text_add(out, "%s%s", event->kind == EVENT_CALL_RETURNED ? "returned: " : "", source);
	if (equals && result_as_written(equals + 1 + strspn(equals + 1, " "), event))
		return;
	text_add(out, equals ? " -> " : " = ");
	add_result(out, event);
}

static void add_command(struct text_buffer *out, const struct event *event, const char *source)
{
	int status = (int)event->result;

	text_add(out, "%s", source);
	if (event->result == -1)
		text_add(out, " -> could not be started");
	else if (WIFSIGNALED(status))
		text_add(out, " -> killed by signal %d", WTERMSIG(status));
	else if (status)
		text_add(out, " -> exit status %d", WEXITSTATUS(status));
}

static void add_observed(struct text_buffer *out, const struct event *event, char *source)
{
	char *equals = written_result(source), state[WORDS];

	text_add(out, "%s", source);
	if (event->state.state)
		text_add(out, " -> %s", words_state(&event->state, state));
	else if (equals && !result_as_written(equals + 1 + strspn(equals + 1, " "), event))
		text_add(out, " -> %ld", event->result);
}

const char *words_event(const struct event *event, const struct sources *sources, char text[WORDS])
{
	struct text_buffer out = text_begin(text, WORDS);
	char source[WORDS], *words;

	words_source(sources, event->where, source);
	words = source + (after_time(source) - source);
	if (!*words)
		snprintf(words, WORDS, "a step whose text is not known");
	switch (event->kind) {
	case EVENT_INJECTED:
	case EVENT_SENT:
		return words_segment(&event->segment, text);
	case EVENT_CALL:
	case EVENT_CALL_BEGUN:
	case EVENT_CALL_RETURNED:
		add_call(&out, event, words);
		break;
	case EVENT_COMMAND:
		add_command(&out, event, words);
		break;
	case EVENT_OBSERVED:
		add_observed(&out, event, words);
		break;
	}
	return text;
}

/* ---- totals, position ---- */

void words_totals(FILE *out, const struct report_totals *totals)
{
	static const struct {
		enum verdict_kind kind;
		const char *name;
		bool always;
	} rows[] = {
		{ VERDICT_PASS, "passed", true },    { VERDICT_FAIL, "failed", true },
		{ VERDICT_SKIP, "skipped", true },   { VERDICT_XFAIL, "xfailed", false },
		{ VERDICT_XPASS, "xpassed", false }, { VERDICT_INVALID, "invalid", false },
		{ VERDICT_ERROR, "broken", false },  { VERDICT_NONE, "died", false },
	};

	static_assert(sizeof(rows) / sizeof(*rows) == VERDICT_KINDS, "each kind is counted");
	const char *comma = "";

	for (size_t i = 0; i < VERDICT_KINDS; i++) {
		if (!rows[i].always && !totals->count[rows[i].kind])
			continue;
		fprintf(out, "%s%zu %s", comma, totals->count[rows[i].kind], rows[i].name);
		if (rows[i].kind == VERDICT_PASS && totals->flaky)
			fprintf(out, " (%zu flaky)", totals->flaky);
		comma = ", ";
	}
	if (totals->not_run)
		fprintf(out, ", %zu not run", totals->not_run);
	if (totals->ended)
		fprintf(out, " (%s)", totals->ended);
	fprintf(out, " in %.1f s\n", (double)totals->wall / USEC_PER_SEC);
}

const char *words_remark(const struct report_test *test, char text[WORDS])
{
	const struct verdict *verdict = test->verdict;
	const struct report_known *known = test->known;
	struct text_buffer out = text_begin(text, WORDS);

	if (test->flaky)
		text_add(&out, "passed on try %u, after %s", test->tries, test->before);
	else if (verdict->kind == VERDICT_XPASS)
		text_add(&out, "passed, although a bug is known: ");
	else if (verdict->kind != VERDICT_PASS && !(verdict->kind == VERDICT_XFAIL && known))
		text_add(&out, "%.*s", (int)strnlen(verdict->reason, VERDICT_TEXT),
		         verdict->reason);
	if (known && (verdict->kind == VERDICT_XFAIL || verdict->kind == VERDICT_XPASS))
		text_add(&out, "%s%s%s%s", known->reason, known->link ? " (" : "",
		         known->link ? known->link : "", known->link ? ")" : "");
	return text;
}

bool words_locate(const struct report_test *test, struct range *range, struct location *location)
{
	const struct verdict *verdict = test->verdict;
	size_t kept = trace_kept(&verdict->trace);
	const struct event *last = kept ? trace_get(&verdict->trace, kept - 1) : NULL;

	if (!test->sources)
		return false;
	*range = verdict->where.end ? verdict->where : verdict->line;
	/* A dead child could not say where it was; its last event does. */
	if (!range->end && verdict->kind == VERDICT_NONE && last)
		*range = last->where;
	return range->end && sources_locate(test->sources, range->begin, location);
}
