#include "host/recording.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "base/source.h"

enum {
	ERRNO_MAX = 4095, /* include/linux/err.h */
	LOWEST_POINTER =
		/*
		 * No address below is mapped, see vm.mmap_min_addr in sysctl/vm.rst of the kernel.
		 */
	65536,
};

/* ---- writing a call ---- */

static void argument_write(FILE *out, long value)
{
	if (value > -LOWEST_POINTER && value < LOWEST_POINTER)
		fprintf(out, "%ld", value);
	else
		putc('*', out);
}

/* The call is written by name, because its number differs between machines. */
void line_call_write(FILE *out, enum line_kind kind, const struct host_call *call)
{
	size_t count = sizeof(call->arguments) / sizeof(call->arguments[0]);

	while (count > 0 && call->arguments[count - 1] == 0)
		count--;
	fprintf(out, "%s %s(", line_name(kind), call->name);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			putc(',', out);
		argument_write(out, call->arguments[i]);
	}
	putc(')', out);
}

/* ---- reading: words of a line ---- */

struct reader {
	char *at; /* it is cut into words as they are read */
	unsigned number;
	usec_t start;
	struct arena *arena;
	char *error;
};

__attribute__((format(printf, 2, 3))) static bool reader_fail(struct reader *reader,
                                                              const char *format, ...)
{
	char what[FAULT_TEXT / 2];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof(what), format, args);
	va_end(args);
	snprintf(reader->error, FAULT_TEXT, "recording line %u: %s", reader->number, what);
	return false;
}

static void reader_skip_blanks(struct reader *reader)
{
	reader->at += strspn(reader->at, " \t\r");
}

static bool reader_is_at_end(struct reader *reader)
{
	reader_skip_blanks(reader);
	return *reader->at == '\0' || *reader->at == '#';
}

/* Returns the next word; NULL at the end of the line. */
static char *reader_word(struct reader *reader)
{
	char *word;

	if (reader_is_at_end(reader))
		return NULL;
	word = reader->at;
	reader->at += strcspn(reader->at, " \t\r");
	if (*reader->at)
		*reader->at++ = '\0';
	return word;
}

static bool word_number(struct reader *reader, const char *word, const char *what, int64_t first,
                        int64_t last, int64_t *number)
{
	char *end;

	*number = 0;
	if (!word)
		return reader_fail(reader, "the %s is missing", what);
	errno = 0;
	*number = strtoll(word, &end, 10);
	if (errno || end == word || *end)
		return reader_fail(reader, "the %s is not a number: '%.40s'", what, word);
	if (*number < first || *number > last)
		return reader_fail(reader, "the %s is out of range: %.40s", what, word);
	return true;
}

static bool read_number(struct reader *reader, const char *what, int64_t first, int64_t last,
                        int64_t *number)
{
	return word_number(reader, reader_word(reader), what, first, last, number);
}

static bool read_count(struct reader *reader, const char *what, unsigned *count)
{
	int64_t number;

	if (!read_number(reader, what, 0, UINT_MAX, &number))
		return false;
	*count = (unsigned)number;
	return true;
}

static bool read_time(struct reader *reader, const char *what, usec_t *time)
{
	if (!read_number(reader, what, -RECORDING_TIME_MAX, RECORDING_TIME_MAX, time))
		return false;
	*time += reader->start;
	return true;
}

static bool read_blob(struct reader *reader, const char *word, struct blob *blob)
{
	if (!word)
		return reader_fail(reader, "the bytes are missing");
	if (!blob_parse(word, blob))
		return reader_fail(reader, "'%.40s' is not of the form SIZE:HEX", word);
	return true;
}

/* Reads a text in quotation marks, and replaces its escapes in place. */
static bool read_text(struct reader *reader, const char **text)
{
	const char *wrong;

	reader_skip_blanks(reader);
	wrong = text_parse(&reader->at, text);
	return !wrong || reader_fail(reader, "%s", wrong);
}

static bool read_equals(struct reader *reader)
{
	const char *word = reader_word(reader);

	return (word && !strcmp(word, "=")) || reader_fail(reader, "'=' is missing");
}

/* ---- reading: a row for each kind of line ---- */

static bool read_moment(struct reader *reader, struct line *line)
{
	if (!read_time(reader, "time", &line->at))
		return false;
	line->seen = line->at;
	return true;
}

static bool read_now(struct reader *reader, struct line *line)
{
	const char *word;

	if (!read_moment(reader, line))
		return false;
	line->asked = 1;
	word = reader_word(reader);
	if (word && strcmp(word, "asked"))
		return reader_fail(reader, "'%.40s' has no meaning here", word);
	return !word || read_count(reader, "number of questions", &line->asked);
}

static bool read_broken(struct reader *reader, struct line *line)
{
	return read_moment(reader, line) && read_text(reader, &line->text);
}

/* Reads what may follow: "seen" and "bad" with the words behind them, and "stopped". */
static bool read_remark(struct reader *reader, const char *word, struct line *line)
{
	if (!strcmp(word, "seen"))
		return read_time(reader, "time at which it was seen", &line->seen);
	if (!strcmp(word, "stopped") && line->kind == LINE_CALL) {
		line->end = CALL_STOPPED;
		return true;
	}
	if (!strcmp(word, "bad") && line->kind == LINE_PACKET) {
		const char *which = reader_word(reader);

		if (which && !strcmp(which, "checksum"))
			line->fixed |= FIXED_CHECKSUM;
		else if (which && !strcmp(which, "ip-checksum"))
			line->fixed |= FIXED_IP_CHECKSUM;
		else
			return reader_fail(reader, "behind \"bad\" stands checksum or ip-checksum");
		return true;
	}
	return reader_fail(reader, "'%.40s' has no meaning here", word);
}

static bool read_packet(struct reader *reader, struct line *line)
{
	int64_t length;
	const char *word;

	if (!read_moment(reader, line) ||
	    !read_number(reader, "length on the wire", 0, UINT32_MAX, &length) ||
	    !read_blob(reader, reader_word(reader), &line->bytes))
		return false;
	line->wire_length = (size_t)length;
	if (line->bytes.size > RECORDING_PACKET_MAX)
		return reader_fail(reader, "a packet has at most %d bytes", RECORDING_PACKET_MAX);
	if (line->bytes.size > line->wire_length)
		return reader_fail(reader, "there are more bytes than there were on the wire");
	while ((word = reader_word(reader)))
		if (!read_remark(reader, word, line))
			return false;
	return true;
}

/* `word` has the form out0=SIZE:HEX. */
static bool read_output(struct reader *reader, const char *word, struct line *line)
{
	struct line_output *output;
	unsigned long index = 0;
	char *end = NULL;

	if (isdigit((unsigned char)word[3]))
		index = strtoul(word + 3, &end, 10);
	if (!end || *end != '=' || index >= RECORDING_OUTPUTS)
		return reader_fail(reader, "memory is written out0= to out%d=, without blanks",
		                   RECORDING_OUTPUTS - 1);
	output = arena_alloc(reader->arena, sizeof(*output));
	output->index = (unsigned)index;
	output->next = line->outputs;
	line->outputs = output;
	return read_blob(reader, end + 1, &output->blob);
}

/* Reads result and errno, or "died". `word` is the first word of that. */
static bool read_result(struct reader *reader, const char *word, struct line *line)
{
	int64_t result, error;

	line->end = CALL_RETURNED;
	if (word && !strcmp(word, "died")) {
		line->end = CALL_DIED;
		return true;
	}
	if (!word_number(reader, word, "result", LONG_MIN, LONG_MAX, &result) ||
	    !read_number(reader, "errno", 0, ERRNO_MAX, &error))
		return false;
	line->result = (long)result;
	line->error = (int)error;
	return true;
}

/* Reads result, errno, times and memory of a call. `word` is the first word of that. */
static bool read_returned(struct reader *reader, const char *word, struct line *line)
{
	if (!read_result(reader, word, line) ||
	    !read_time(reader, "time of the start", &line->started) ||
	    !read_time(reader, "time of the end", &line->ended))
		return false;
	line->at = line->kind == LINE_FINISHED ? line->ended : line->started;
	line->seen = line->at;
	while ((word = reader_word(reader))) {
		bool output = !strncmp(word, "out", 3);

		if (!(output ? read_output(reader, word, line) : read_remark(reader, word, line)))
			return false;
	}
	return true;
}

static bool read_call(struct reader *reader, struct line *line)
{
	return read_returned(reader, reader_word(reader), line);
}

static bool read_id(struct reader *reader, const char *what, struct line *line)
{
	int64_t id;

	if (!read_number(reader, what, 1, UINT_MAX, &id))
		return false;
	line->id = (unsigned)id;
	return true;
}

static bool read_begin(struct reader *reader, struct line *line)
{
	const char *word = reader_word(reader);

	if (!word || strcmp(word, "pending"))
		return read_returned(reader, word, line);
	if (!read_id(reader, "number of the call", line) ||
	    !read_time(reader, "time of the start", &line->started))
		return false;
	line->at = line->started;
	return true;
}

static bool read_finished(struct reader *reader, struct line *line)
{
	return read_id(reader, "number of the call", line) && read_equals(reader) &&
	       read_call(reader, line);
}

static bool read_ended(struct reader *reader, struct line *line)
{
	const char *word;
	int64_t status;

	if (!read_moment(reader, line) || !read_id(reader, "number of the process", line) ||
	    !read_number(reader, "wait status", INT_MIN, INT_MAX, &status))
		return false;
	line->result = (long)status;
	while ((word = reader_word(reader)))
		if (!read_remark(reader, word, line))
			return false;
	return true;
}

/* ---- reading: answers ---- */

static bool read_status(struct reader *reader, struct tcp_status *status)
{
	const char *state = reader_word(reader), *timer = reader_word(reader);
	int64_t inode;

	if (!state || !tcp_state_parse(state, &status->state))
		return reader_fail(reader, "'%.40s' is not a state", state ? state : "");
	if (!timer || !tcp_timer_parse(timer, &status->timer))
		return reader_fail(reader, "'%.40s' is not a timer", timer ? timer : "");
	if (!read_number(reader, "time left", 0, RECORDING_TIME_MAX, &status->expires) ||
	    !read_count(reader, "number of retransmits", &status->retransmits) ||
	    !read_count(reader, "receive queue", &status->receive_queue) ||
	    !read_count(reader, "send queue", &status->send_queue) ||
	    !read_count(reader, "uid", &status->uid) ||
	    !read_number(reader, "inode", 0, LONG_MAX, &inode))
		return false;
	status->inode = (unsigned long)inode;
	return true;
}

static bool read_answer(struct reader *reader, struct line *line)
{
	struct answer *answer = &line->answer;

	switch (line->row->answer) {
	case ANSWER_MOMENT:
		return read_time(reader, "time", &answer->at);
	case ANSWER_NUMBER:
		return read_number(reader, line->row->number, line->row->least, line->row->most,
		                   &answer->value);
	case ANSWER_TEXT:
		return read_text(reader, &answer->text);
	case ANSWER_STATUS:
		return read_status(reader, &answer->status);
	}
	return false;
}

static const struct line_row {
	const char *name;
	bool asked; /* a question and '=' come first, and the answer may be failed "..." */
	bool (*read)(struct reader *reader, struct line *line);
} rows[] = {
	/* clang-format off */
	[LINE_NOW]      = { "now",      false, read_now },
	[LINE_PACKET]   = { "packet",   false, read_packet },
	[LINE_FINISHED] = { "finished", false, read_finished },
	[LINE_ENDED]    = { "ended",    false, read_ended },
	[LINE_STOPPED]  = { "stopped",  false, read_moment },
	[LINE_BROKEN]   = { "broken",   false, read_broken },
	[LINE_CALL]     = { "call",     true,  read_call },
	[LINE_BEGIN]    = { "begin",    true,  read_begin },
	[LINE_QUESTION] = { "",         true,  read_answer },
	/* clang-format on */
};

const char *line_name(enum line_kind kind)
{
	return rows[kind].name;
}

/* ---- reading: the file ---- */

/*
 * Returns the first '=' that stands alone and is not within quotation marks; NULL when there is
 * none.
 */
static char *find_equals(char *at)
{
	bool quoted = false;

	for (; *at; at++)
		if (*at == '\\' && quoted && at[1])
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (!quoted && !strncmp(at, " =", 2) && (!at[2] || strchr(" \t\r", at[2])))
			return at + 1;
	return NULL;
}

/* Finds the kind of the line by its first word. */
static bool find_kind(const char *at, struct line *line)
{
	size_t length = strcspn(at, " \t\r");

	line->row = question_of_word(at, length);
	line->kind = LINE_QUESTION;
	if (line->row)
		return true;
	for (line->kind = 0; line->kind < LINE_QUESTION; line->kind++)
		if (strlen(rows[line->kind].name) == length &&
		    !strncmp(at, rows[line->kind].name, length))
			return true;
	return false;
}

/* Reads the question, and leaves the reader behind the '='. */
static bool read_question(struct reader *reader, struct line *line)
{
	char *equals = find_equals(reader->at), *end = equals;

	if (!equals)
		return reader_fail(reader, "'=' and the answer are missing");
	line->question = reader->at;
	while (strchr(" \t\r", end[-1]))
		end--;
	*end = '\0';
	reader->at = equals + 1;
	return true;
}

static bool read_failed(struct reader *reader, struct line *line)
{
	size_t length = strlen("failed");

	reader_skip_blanks(reader);
	if (strncmp(reader->at, "failed", length))
		return false;
	reader->at += length;
	line->failed = true;
	return true;
}

static bool read_line(struct reader *reader, struct line *line)
{
	const struct line_row *row;

	if (!find_kind(reader->at, line))
		return reader_fail(reader, "a line cannot begin with '%.40s'", reader_word(reader));
	row = &rows[line->kind];
	line->number = reader->number;
	if (!row->asked)
		reader_word(reader);
	else if (!read_question(reader, line))
		return false;
	if (!(row->asked && read_failed(reader, line) ? read_text(reader, &line->text)
	                                              : row->read(reader, line)))
		return false;
	return reader_is_at_end(reader) ||
	       reader_fail(reader, "the line should end before '%.40s'", reader->at);
}

/* Reads one of the first two lines, whose indexes are 0 and 1. */
static bool read_head(struct reader *reader, size_t index, struct recording *recording)
{
	static const char *const names[] = { RECORDING_HEAD, "start" };
	const char *word = reader_word(reader);
	int64_t version;

	if (!word || strcmp(word, names[index]))
		return reader_fail(reader, "this is not a recording: '%s' is missing",
		                   names[index]);
	if (index == 0) {
		if (!read_number(reader, "version", RECORDING_OLDEST, RECORDING_VERSION, &version))
			return false;
		recording->version = (unsigned)version;
		return true;
	}
	if (!read_number(reader, "time", 0, RECORDING_TIME_MAX, &recording->start))
		return false;
	reader->start = recording->start;
	return true;
}

const char *recording_memory(void)
{
	bool packed = sizeof(struct epoll_event) == 12;

	if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
		return packed ? "big 12" : "big 16";
	return packed ? RECORDING_USUAL_MEMORY : "little 16";
}

/* What is told of the world as a whole stands before all questions. */
static bool read_about(const char *at, struct recording *recording)
{
	static const char world[] = "world ", stack[] = "stack ", without[] = "stateless ";
	static const char memory[] = "memory ";

	if (recording->lines)
		return false;
	if (!strncmp(at, without, sizeof(without) - 1)) {
		recording->stateless = true;
		at += sizeof(without) - 1;
	}
	if (!strncmp(at, world, sizeof(world) - 1))
		recording->world = at;
	else if (!strncmp(at, stack, sizeof(stack) - 1))
		recording->stack = at + sizeof(stack) - 1;
	else if (!strncmp(at, memory, sizeof(memory) - 1))
		recording->memory = at + sizeof(memory) - 1;
	else
		return false;
	return true;
}

static bool read_lines(struct reader *reader, char *text, struct recording *recording,
                       struct arena *arena)
{
	enum { HEADS = 2 };
	struct line **tail = &recording->lines;
	size_t heads = 0;
	char *end;

	/* A line without its end is one that a harness was writing when it was killed. */
	for (; (end = strchr(text, '\n')); text = end + 1) {
		*end = '\0';
		reader->at = text;
		reader->number++;
		if (reader_is_at_end(reader))
			continue;
		if (heads < HEADS) {
			if (!read_head(reader, heads++, recording))
				return false;
			continue;
		}
		if (read_about(reader->at, recording))
			continue;
		*tail = arena_alloc(arena, sizeof(**tail));
		if (!read_line(reader, *tail))
			return false;
		tail = &(*tail)->next;
	}
	reader->at = "";
	return heads == HEADS || read_head(reader, heads, recording);
}

bool recording_read(struct recording *recording, struct arena *arena, const char *path,
                    char error[FAULT_TEXT])
{
	struct reader reader = { .error = error, .arena = arena };
	const struct source_text *source;
	const char *why;
	char *text;

	source = sources_read(sources_new(arena), path, &why);
	if (!source) {
		snprintf(error, FAULT_TEXT, "recording %s: %s", path, why);
		return false;
	}
	text = arena_strdup(arena, source->text);
	recording->lines = NULL;
	recording->world = recording->stack = NULL;
	recording->stateless = false;
	recording->memory = RECORDING_USUAL_MEMORY;
	if (!read_lines(&reader, text, recording, arena))
		return false;
	recording->last = reader.number;
	return true;
}
