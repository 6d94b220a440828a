/*
 * JSON, an object on each line: first one with what all tests have in common, then one for each
 * test, and at the end one with the totals. Times are in seconds. What is not known is left out. A
 * test that passed has no events, so that reports of large suites stay small.
 */

#include "report/report.h"

#include <string.h>
#include <sys/wait.h>

#include "program/symbols.h"
#include "program/wait_status.h"
#include "report/findings.h"
#include "report/utf8.h"
#include "report/words.h"

static void print_string(FILE *out, const char *text, size_t size)
{
	size_t left = strnlen(text, size), length;
	uint32_t character = 0;

	fputc('"', out);
	for (; left; text += length, left -= length) {
		length = utf8_next(text, left, &character);
		if (!length) {
			fputs("\\ufffd", out);
			length = 1;
		} else if (character < 0x20 || character == 0x7f) {
			fprintf(out, "\\u%04x", (unsigned)character);
		} else if (character == '"' || character == '\\') {
			fprintf(out, "\\%c", (char)character);
		} else {
			fwrite(text, 1, length, out);
		}
	}
	fputc('"', out);
}

/* ,"name":"value", unless the value is empty */
static void add_string(FILE *out, const char *name, const char *value, size_t size)
{
	if (!value || !*value)
		return;
	fprintf(out, ",\"%s\":", name);
	print_string(out, value, size);
}

static void add_seconds(FILE *out, const char *name, usec_t time)
{
	fprintf(out, ",\"%s\":%.6f", name, (double)time / USEC_PER_SEC);
}

/* The number of the inode is another one in each run. */
static void add_state(FILE *out, const struct tcp_status *state)
{
	fprintf(out, ",\"state\":{\"name\":\"%s\",\"timer\":\"%s\"", tcp_state_name(state->state),
	        tcp_timer_name(state->timer));
	add_seconds(out, "expires", state->expires);
	fprintf(out,
	        ",\"retransmits\":%u,\"receive_queue\":%u,\"send_queue\":%u,"
	        "\"descriptor\":%s}",
	        state->retransmits, state->receive_queue, state->send_queue,
	        state->inode ? "true" : "false");
}

static void add_location(FILE *out, const struct findings *findings)
{
	if (!findings->located)
		return;
	add_string(out, "file", findings->location.path, SIZE_MAX);
	fprintf(out, ",\"line\":%u,\"column\":%u", findings->location.line,
	        findings->location.column);
}

/* {"text":...,"file":...,"line":...,"column":...,"hint":...} */
static void print_message(FILE *out, const struct diag_message *message,
                          const struct sources *sources)
{
	struct location location;

	fputs("{\"text\":", out);
	print_string(out, message->text, SIZE_MAX);
	if (sources && message->where.end &&
	    sources_locate(sources, message->where.begin, &location)) {
		add_string(out, "file", location.path, SIZE_MAX);
		fprintf(out, ",\"line\":%u,\"column\":%u", location.line, location.column);
	}
	if (message->hints)
		add_string(out, "hint", message->hints->text, SIZE_MAX);
	fputc('}', out);
}

/* ,"errors":[...] or ,"warnings":[...], unless there are none */
static void add_messages(FILE *out, const char *name, enum diag_kind kind, const struct diag *diag,
                         const struct sources *sources)
{
	const struct diag_message *list[DIAG_KINDS * DIAG_MAX_ERRORS];
	unsigned count = diag ? diag_list(diag, list) : 0, told = 0;

	for (unsigned i = 0; i < count; i++) {
		if (list[i]->kind != kind)
			continue;
		if (told++)
			fputc(',', out);
		else
			fprintf(out, ",\"%s\":[", name);
		print_message(out, list[i], sources);
	}
	if (told)
		fputc(']', out);
}

static const char *event_name(enum event_kind kind)
{
	switch (kind) {
	case EVENT_INJECTED:
		return "injected";
	case EVENT_SENT:
		return "sent";
	case EVENT_CALL:
		return "call";
	case EVENT_CALL_BEGUN:
		return "begun";
	case EVENT_CALL_RETURNED:
		return "returned";
	case EVENT_COMMAND:
		return "command";
	case EVENT_OBSERVED:
		return "observed";
	case EVENT_ENDED:
		return "ended";
	}
	return "unknown";
}

/* How a command, or a program, ended. */
static void add_end(FILE *out, const struct event *event)
{
	int status = (int)event->result;
	char text[WAIT_STATUS_TEXT];

	if (event->over)
		add_seconds(out, "ended", event->over);
	if (status == -1)
		return;
	if (WIFSIGNALED(status))
		add_string(out, "signal", signal_print(WTERMSIG(status), text), SIZE_MAX);
	else
		fprintf(out, ",\"status\":%d", WEXITSTATUS(status));
}

static void print_event(FILE *out, const struct trace *trace, size_t i,
                        const struct sources *sources)
{
	const struct event *event = trace_get(trace, i);
	struct location location;
	char text[WORDS];

	fprintf(out, "{\"kind\":\"%s\"", event_name(event->kind));
	add_seconds(out, "at", event->at);
	add_seconds(out, "late", event->late);
	if (event->connection)
		fprintf(out, ",\"connection\":%u", event->connection);
	add_string(out, "text", words_event(event, sources, text), WORDS);
	add_string(out, "class", event->classified, CLASSIFIED_TEXT);
	if (event->kind == EVENT_CALL || event->kind == EVENT_CALL_RETURNED)
		fprintf(out, ",\"result\":%ld", event->result);
	if (event->kind == EVENT_ENDED || event->over)
		add_end(out, event);
	if (trace_is_blocked(trace, i))
		fputs(",\"blocked\":true", out);
	if (event->error) {
		add_string(out, "error", symbol_name(SYMBOL_ERRNO, event->error), SIZE_MAX);
		fprintf(out, ",\"errno\":%d", event->error);
	}
	if (event->kind == EVENT_OBSERVED && event->state.state)
		add_state(out, &event->state);
	if (sources && event->where.end && sources_locate(sources, event->where.begin, &location))
		fprintf(out, ",\"line\":%u", location.line);
	fputc('}', out);
}

/* "event" is the index, from 0, of the event that the verdict is about. */
static void add_events(FILE *out, const struct report_test *test, const struct event *about)
{
	const struct trace *trace = &test->verdict->evidence->trace;
	size_t kept = trace_kept(trace), i = 0;

	while (about && trace_get(trace, i) != about)
		i++;
	if (about)
		fprintf(out, ",\"event\":%zu", i);
	fputs(",\"events\":[", out);
	for (i = 0; i < kept; i++) {
		if (i)
			fputc(',', out);
		print_event(out, trace, i, test->sources);
	}
	fputc(']', out);
}

/* Of several findings of one kind, which follow each other: is this the first one, or the last? */
static bool is_first(const struct findings *findings, size_t i)
{
	return i == 0 || findings->list[i - 1].kind != findings->list[i].kind;
}

static bool is_last(const struct findings *findings, size_t i)
{
	return i + 1 == findings->count || findings->list[i + 1].kind != findings->list[i].kind;
}

/* Fields that follow each other are one list. */
static void add_field(FILE *out, const struct findings *findings, size_t i)
{
	const struct finding *field = &findings->list[i];
	bool first = is_first(findings, i), last = is_last(findings, i);

	fprintf(out, "%s{\"field\":", first ? ",\"mismatches\":[" : ",");
	print_string(out, field->label, SIZE_MAX);
	fputs(",\"wanted\":", out);
	print_string(out, field->wanted, SIZE_MAX);
	fputs(",\"seen\":", out);
	print_string(out, field->seen, SIZE_MAX);
	fputs(last ? "}]" : "}", out);
}

/* ,"counters_tell":{"TCPTimeouts":"the retransmission timer ran out ..."} */
static void add_counter(FILE *out, const struct findings *findings, size_t i)
{
	const struct finding *counter = &findings->list[i];
	bool first = is_first(findings, i), last = is_last(findings, i);

	fprintf(out, "%s\"%s\":", first ? ",\"counters_tell\":{" : ",", counter->label);
	print_string(out, counter->text, SIZE_MAX);
	fputs(last ? "}" : "", out);
}

/* One of several of its kind, which follow each other. */
static void add_to_list(FILE *out, const char *name, const struct findings *findings, size_t i)
{
	const struct finding *finding = &findings->list[i];

	if (is_first(findings, i))
		fprintf(out, ",\"%s\":[", name);
	else
		fputc(',', out);
	print_string(out, finding->text, SIZE_MAX);
	fputs(is_last(findings, i) ? "]" : "", out);
}

/*
 * Findings that are missing here have numbers or objects of their own, or say that there is
 * nothing.
 */
static void add_finding(FILE *out, const struct report_test *test, const struct findings *findings,
                        size_t i)
{
	const struct finding *finding = &findings->list[i];

	switch (finding->kind) {
	case FINDING_DETAIL:
		add_string(out, "detail", finding->text, SIZE_MAX);
		break;
	case FINDING_WANTED:
		add_string(out, "wanted", finding->text, SIZE_MAX);
		break;
	case FINDING_SEEN:
		add_string(out, "seen", finding->text, SIZE_MAX);
		break;
	case FINDING_PARTS:
		add_string(out, "parts", finding->text, SIZE_MAX);
		break;
	case FINDING_PRINTED:
		add_string(out, "printed", finding->text, SIZE_MAX);
		break;
	case FINDING_FIELD:
		add_field(out, findings, i);
		break;
	case FINDING_LET_PASS:
		add_to_list(out, "let_pass", findings, i);
		break;
	case FINDING_CLASS:
		add_string(out, "class", findings->about->classified, CLASSIFIED_TEXT);
		break;
	case FINDING_FIX:
		add_string(out, "fix", finding->text, SIZE_MAX);
		if (finding->note)
			add_string(out, "fix_place", finding->note, SIZE_MAX);
		break;
	case FINDING_COUNTERS:
		add_string(out, "counters", finding->text, SIZE_MAX);
		break;
	case FINDING_COUNTER:
		add_counter(out, findings, i);
		break;
	case FINDING_FATE:
		add_to_list(out, "kernel", findings, i);
		break;
	case FINDING_LEFT_OUT:
		add_string(out, "left_out", finding->text, SIZE_MAX);
		break;
	case FINDING_STATE:
		add_state(out, &test->verdict->evidence->state);
		break;
	default:
		break;
	}
}

/* When the child died, these are incomplete. */
static void add_times(FILE *out, const struct verdict *verdict)
{
	const struct evidence *evidence = verdict->evidence;

	if (verdict->kind != VERDICT_PASS)
		add_seconds(out, "at", evidence->at);
	add_seconds(out, "duration", evidence->duration);
	add_seconds(out, "late_max", evidence->late_max);
	add_seconds(out, "late_median", evidence->late_median);
	add_seconds(out, "late_p99", evidence->late_p99);
}

static void *begin_json(FILE *out, const struct report_run *run)
{
	fprintf(out, "{\"run\":{\"tests\":%zu", run->tests);
	for (const struct report_fact *fact = report_facts(run); fact; fact = fact->next)
		add_string(out, fact->name, fact->value, SIZE_MAX);
	fputs("}}\n", out);
	return NULL;
}

/* For example, the words of all "covers" lines. */
static void add_words(FILE *out, const char *name, const struct directive *directives)
{
	bool first = true;

	for (const struct directive *d = directives; d; d = d->next) {
		if (strcmp(d->name, name))
			continue;
		for (const char *word = d->text; *(word += strspn(word, " \t,"));) {
			size_t length = strcspn(word, " \t,");

			if (first)
				fprintf(out, ",\"%s\":[", name);
			else
				fputc(',', out);
			print_string(out, word, length);
			word += length;
			first = false;
		}
	}
	if (!first)
		fputc(']', out);
}

/* What else there is to say: tries, a known bug, the folder with the rest. */
static void add_circumstances(FILE *out, const struct report_test *test)
{
	if (test->tries > 1)
		fprintf(out, ",\"tries\":%u", test->tries);
	if (test->flaky)
		fputs(",\"flaky\":true", out);
	if (test->stopped)
		fputs(",\"stopped\":true", out);
	add_string(out, "before", test->before, SIZE_MAX);
	if (test->known) {
		fputs(",\"known\":{\"reason\":", out);
		print_string(out, test->known->reason, SIZE_MAX);
		add_string(out, "link", test->known->link, SIZE_MAX);
		fputc('}', out);
	}
	add_words(out, "tag", test->directives);
	add_words(out, "covers", test->directives);
	add_string(out, "artifacts", test->artifacts, SIZE_MAX);
}

static void test_json(FILE *out, void *kept, const struct report_test *test,
                      const struct findings *findings)
{
	const struct verdict *verdict = test->verdict;

	(void)kept;
	fprintf(out, "{\"test\":%zu,\"name\":", test->number);
	print_string(out, test->name, SIZE_MAX);
	add_string(out, "path", test->path, SIZE_MAX);
	add_string(out, "family", test->family, SIZE_MAX);
	add_string(out, "verdict", verdict_name(verdict->kind), SIZE_MAX);
	add_seconds(out, "wall", test->wall);
	add_string(out, "reason", verdict->reason, VERDICT_TEXT);
	add_string(out, "summary", findings->summary, SIZE_MAX);
	add_location(out, findings);
	add_messages(out, "errors", DIAG_ERROR, test->errors, test->sources);
	add_messages(out, "warnings", DIAG_WARNING, test->warnings, test->sources);
	for (size_t i = 0; i < findings->count; i++)
		add_finding(out, test, findings, i);
	if (verdict->kind != VERDICT_NONE)
		add_times(out, verdict);
	if (verdict->kind != VERDICT_PASS)
		add_events(out, test, findings->about);
	add_circumstances(out, test);
	add_string(out, "again", test->rerun, SIZE_MAX);
	fputs("}\n", out);
}

static void end_json(FILE *out, void *kept, const struct report_totals *totals)
{
	(void)kept;
	fprintf(out, "{\"totals\":{\"tests\":%zu", totals->tests);
	for (int kind = 0; kind < VERDICT_KINDS; kind++)
		fprintf(out, ",\"%s\":%zu", verdict_name((enum verdict_kind)kind),
		        totals->count[kind]);
	fprintf(out, ",\"flaky\":%zu,\"run_again\":%zu,\"not_run\":%zu", totals->flaky,
	        totals->again, totals->not_run);
	add_string(out, "ended", totals->ended, SIZE_MAX);
	add_seconds(out, "wall", totals->wall);
	fputs("}}\n", out);
}

const struct report_format report_json = {
	.name = "json",
	.ending = ".json",
	.help = "an object for each test, one on each line",
	.begin = begin_json,
	.test = test_json,
	.end = end_json,
};
