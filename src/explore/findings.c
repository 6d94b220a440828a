#include "explore/findings.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* "0.215 s after the first" and "0.216 s after the first" are one cause. */
static void without_numbers(const char *text, char *to, size_t size)
{
	size_t length = 0;

	for (; *text && length + 1 < size; text++)
		if (!isdigit((unsigned char)*text))
			to[length++] = *text;
	to[length] = '\0';
}

/* What is wrong with one of them, by the model or by its script. */
static bool of_one(const struct walked *walked, char text[CAUSE_TEXT])
{
	const struct second_opinion *model = &walked->model;

	if (walked->kind != VERDICT_FAIL)
		return false;
	if (model->rule[0])
		snprintf(text, CAUSE_TEXT, "%s%s%s%s", model->rule, model->missed ? " missing" : "",
		         model->state ? " in " : "",
		         model->state ? tcp_state_name(model->state) : "");
	else
		without_numbers(walked->reason, text, CAUSE_TEXT);
	return true;
}

static bool has_verdict(const struct walked *walked)
{
	return walked->kind == VERDICT_PASS || walked->kind == VERDICT_FAIL;
}

/* Where the model gave up, it cannot say that both may do what they do. */
static bool is_judged(const struct walked *walked)
{
	return walked->model.asked && !walked->model.in_part;
}

/* What only one does wrong; what both do neither has to answer for. */
static bool of_stacks(const struct walked *walked, struct cause *cause)
{
	char one[CAUSE_TEXT] = "", other[CAUSE_TEXT] = "", words[DIGEST_WORDS];

	of_one(&walked[0], one);
	of_one(&walked[1], other);
	cause->subject = !one[0];
	if (strcmp(one, other)) {
		snprintf(cause->text, CAUSE_TEXT, "only %c: %.140s", "AB"[cause->subject],
		         one[0] ? one : other);
		return true;
	}
	cause->allowed = true;
	if (one[0] || !is_judged(&walked[0]) || !is_judged(&walked[1]) ||
	    !digest_difference(&walked[0].digest, &walked[1].digest, words))
		return false;
	snprintf(cause->text, CAUSE_TEXT, "%s", words);
	return true;
}

static bool of_kernels(const struct walked *walked, struct cause *cause)
{
	char words[DIGEST_WORDS];

	if (!digest_difference(&walked[0].digest, &walked[1].digest, words))
		return false;
	snprintf(cause->text, CAUSE_TEXT, "%s", words);
	return true;
}

bool finding_cause(const struct walked *walked, const struct contest *contest, struct cause *cause)
{
	cause->subject = 0;
	cause->allowed = false;
	if (contest->subjects == 1)
		return of_one(walked, cause->text);
	if (!has_verdict(&walked[0]) || !has_verdict(&walked[1]))
		return false;
	return contest->stack ? of_stacks(walked, cause) : of_kernels(walked, cause);
}

static struct finding *find(struct findings *findings, const struct cause *cause)
{
	for (size_t i = 0; i < findings->count; i++)
		if (!strcmp(findings->list[i].cause.text, cause->text))
			return &findings->list[i];
	if (findings->count == FINDINGS_MOST) {
		findings->beyond++;
		return NULL;
	}
	findings->list[findings->count].cause = *cause;
	return &findings->list[findings->count++];
}

void findings_add(struct findings *findings, const struct walked *walked,
                  const struct contest *contest, uint64_t number, const char *text)
{
	struct finding *finding;
	struct cause cause;

	if (!finding_cause(walked, contest, &cause))
		return;
	finding = find(findings, &cause);
	if (!finding)
		return;
	finding->count++;
	if (finding->text && strlen(finding->text) <= strlen(text))
		return;
	finding->walked = walked[cause.subject];
	finding->number = number;
	finding->text = arena_strdup(findings->arena, text);
}
