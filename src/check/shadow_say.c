#include "check/shadow_say.h"

#include <stdio.h>
#include <string.h>

#include "check/shadow.h"

/*
 * Says the rule's sentence, either about something that was seen, or about something that did not
 * come.
 */
static void say_reason(const struct model_finding *finding, const struct event *event,
                       char reason[SHADOW_REASON])
{
	if (!finding->state && event && event->kind == EVENT_OBSERVED)
		snprintf(reason, SHADOW_REASON, "against the model: %s counts %s",
		         finding->rule->name, finding->rule->text);
	else if (finding->seen && finding->seen != finding->state)
		snprintf(reason, SHADOW_REASON, "the state is %s; by the model it is %s",
		         tcp_state_name(finding->seen), tcp_state_name(finding->state));
	else if (finding->place)
		snprintf(reason, SHADOW_REASON, "this breaks a rule of the model: %s",
		         finding->rule->text);
	else
		snprintf(reason, SHADOW_REASON, "something is missing that the model asks for: %s",
		         finding->rule->text);
}

static void say_detail(const struct model_finding *finding, char detail[SHADOW_DETAIL])
{
	snprintf(detail, SHADOW_DETAIL, "model     %s%s%s: %s\n          %s", finding->rule->name,
	         finding->state ? ", in " : "",
	         finding->state ? tcp_state_name(finding->state) : "", finding->rule->clause,
	         finding->rule->text);
}

static struct range line_of(const struct trace *trace, size_t number)
{
	for (size_t i = number + 1; i-- > 0;) {
		const struct event *event = trace_get(trace, i);

		if (event && event->where.end)
			return event->where;
	}
	return (struct range){ 0, 0 };
}

static void say_opinion(const struct shadow_result *result, struct second_opinion *opinion)
{
	const struct model_finding *finding = &result->finding.model;

	*opinion = (struct second_opinion){
		.asked = true,
		.judged = result->judged,
		.in_part = result->in_part,
		.taken = result->taken,
	};
	if (!result->found)
		return;
	snprintf(opinion->rule, sizeof(opinion->rule), "%s", finding->rule->name);
	snprintf(opinion->clause, sizeof(opinion->clause), "%s", finding->rule->clause);
	opinion->state = finding->state;
	opinion->missed = finding->state && !finding->place;
}

bool shadow_say(const struct program *program, const struct trace *trace,
                const struct shadow_measure *measure, struct second_opinion *opinion,
                struct shadow_sentence *sentence)
{
	struct shadow_result result;
	const struct model_finding *finding = &result.finding.model;

	shadow_judge(program, trace, measure, &result);
	say_opinion(&result, opinion);
	if (!result.found)
		return false;
	uint64_t place = finding->place ? finding->place : finding->cause;

	memset(sentence, 0, sizeof(*sentence));
	sentence->event = place ? (size_t)place - 1 : SIZE_MAX;
	sentence->connection = result.finding.connection;
	sentence->at = finding->at;
	sentence->line = line_of(trace, place ? (size_t)place - 1 : 0);
	say_reason(finding, result.finding.event, sentence->reason);
	say_detail(finding, sentence->detail);
	return true;
}
