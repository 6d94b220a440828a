/*
 * Makes a tree of tokens. The actions only build, with the functions of script/building.h, and give
 * each item to script/items.h. They look up no name and judge no number.
 */
%code requires {
#include "base/source.h"
#include "script/ast.h"
#include "script/building.h"
}

%code {
#include "script/items.h"
#include "script/scanner.h"
#include "script/syntax_error.h"

enum { EXPECTED_MAX = 6 };      /* a longer list of what could stand there would help nobody */

#define YYLLOC_DEFAULT(Current, Rhs, N)                                         \
	do {                                                                    \
		if (N) {                                                        \
			(Current).begin = YYRHSLOC(Rhs, 1).begin;               \
			(Current).end = YYRHSLOC(Rhs, N).end;                   \
		} else {                                                        \
			(Current).begin = (Current).end = YYRHSLOC(Rhs, 0).end; \
		}                                                               \
	} while (0)
#define YYMAXDEPTH 2000

int script_lex(YYSTYPE *value, YYLTYPE *where, void *scanner);

static void yyerror(const struct range *where, struct parsing *p, void *scanner,
                    const char *message);
}

%define api.pure full
%define api.prefix {script_}
%define api.location.type {struct range}
%define parse.error custom
%locations
%expect 0
%parse-param { struct parsing *p } { void *scanner }
%lex-param   { void *scanner }
%initial-action { @$.begin = @$.end = p->text->base; }

%union {
	struct word word;
	struct token_number number;
	struct expr *expr;
	struct expr_list list;
	bool flag;
	struct option_node *option;
	struct directive_node *directive;
	struct when when;
	struct event_node *event;
	struct packet_node *packet;
	struct call_node *call;
}

%token <word> WORD "word" NAMED "name" PROTOCOL "protocol" LAYER "layer" ADDRESS "address"
%token <word> BACKQUOTED "`command`" CODE "%{ code }%"
%token <number> NUMBER "number" FLOAT "number with a fraction"
%token <expr> STRING "string"
%token <option> OPTION "--option"
%token <directive> DIRECTIVE "directive"
%token ELLIPSIS "..." ALTERNATIVE "or"

%type <word> word flags note_opt left_out_opt encapsulation
%type <expr> number duration end_opt primary name expr result sequence length ports_opt
%type <expr> attribute value option payload_opt range tail_item quote_opt ip_item
%type <expr> layer_item
%type <list> layers layer_items
%type <list> expr_list expr_list_opt attributes options_opt option_list option_words ip_opt ip_items
%type <list> icmp_attributes tail tail_words strings
%type <flag> absolute_opt
%type <when> time
%type <event> action
%type <packet> packets packet segment tcp udp icmp
%type <call> call statement action_words

%precedence '='
%left '|'

%%

script: %empty | script item ;

item:
  OPTION                        { add_option(p, $1); }
| DIRECTIVE                     { add_directive(p, $1); }
| BACKQUOTED                    { add_command(p, $1); }
| time action                   { add_event(p, $2, $1, @2); }
| error                         {
	/* Each recovery from an error copies the rest of the text. */
	if (diag_error_count(p->diag) >= DIAG_MAX_ERRORS)
		YYABORT;
	scanner_skip_event(scanner, p->within_event); yyclearin; yyerrok;
	p->within_event = false;
  }
;

/* ---- time ---- */

time:
  '+' duration                  { $$ = (struct when){ WHEN_RELATIVE, @$, $2, NULL }; }
| duration                      { $$ = (struct when){ WHEN_ABSOLUTE, @$, $1, NULL }; }
| '*'                           { $$ = (struct when){ WHEN_ANY, @$, NULL, NULL }; }
| duration '~' duration         { $$ = (struct when){ WHEN_ABSOLUTE_RANGE, @$, $1, $3 }; }
| '+' duration '~' '+' duration { $$ = (struct when){ WHEN_RELATIVE_RANGE, @$, $2, $5 }; }
;

duration: number ;

number:
  NUMBER                        { $$ = build_number(p, $1, @1); }
| FLOAT                         { $$ = build_number(p, $1, @1); }
;

action:
  packets                       { $$ = build_event(p, FORM_PACKET); $$->packet = $1; }
| word packets                  {
	$$ = build_event(p, FORM_PACKET);
	$$->packet = $2;
	$$->packet->modifier = $1;
  }
| STRING                        { $$ = build_text_event(p, FORM_TEXT, $1->text); }
| call                          { $$ = build_event(p, FORM_CALL); $$->call = $1; }
| BACKQUOTED                    { $$ = build_text_event(p, FORM_COMMAND, $1.text); }
| CODE                          { $$ = build_text_event(p, FORM_CODE, $1.text); }
;

/* ---- packets ---- */

packets:
  packet
| packets ALTERNATIVE packet    { $$ = packet_or($1, $3); }
;

packet:
  '<' layers segment            { $$ = $3; $$->outer = $2.first; $$->inbound = true; }
| '>' layers segment            { $$ = $3; $$->outer = $2.first; }
;

segment: tcp | udp | icmp ;

/* The outer headers: "ipv4 A > B: gre: mpls (label 5, tc 0, [S], ttl 9):" */
layers:
  %empty                        { $$ = list_empty(); }
| layers LAYER layer_items ':'  {
	$$ = list_with($1, build_items(p, EXPR_CALL, $2.text, $3, @2));
  }
;

layer_items:
  %empty                        { $$ = list_empty(); }
| layer_items ','               { $$ = $1; }
| layer_items layer_item        { $$ = list_with($1, $2); }
;

layer_item:
  word                          { $$ = build_word(p, $1); }
| word NUMBER                   { $$ = build_field(p, $1, build_number(p, $2, @2)); }
| word '=' NUMBER               { $$ = build_field(p, $1, build_number(p, $3, @3)); }
| ADDRESS '>' ADDRESS           {
	$$ = build_pair(p, EXPR_PAIR, build_address(p, $1), build_address(p, $3));
  }
| '(' layer_items ')'           { $$ = build_items(p, EXPR_CALL, "", $2, @$); }
| '[' layer_items ']'           { $$ = build_items(p, EXPR_LIST, NULL, $2, @$); }
;

tcp:
  ip_opt ports_opt flags sequence length absolute_opt attributes options_opt left_out_opt
  payload_opt {
	$$ = build_packet(p, &(struct packet_node){
		.protocol = PACKET_TCP, .ip = $1.first, .ports = $2, .flags = $3, .sequence = $4,
		.length = $5, .absolute = $6, .attributes = $7.first, .options = $8.first,
		.options_where = $8.first ? @8 : (struct range){ 0, 0 }, .left_out = $9,
		.payload = $10 });
  }
;

payload_opt:
  %empty                        { $$ = NULL; }
| strings                       { $$ = build_string(p, $1, @1); }
;

absolute_opt:
  %empty                        { $$ = false; }
| '!'                           { $$ = true; }
;

options_opt:
  %empty                        { $$ = list_empty(); }
| '<' option_list '>'           { $$ = $2; }
;

/*
 * What nplab's packetdrill allows behind a segment. The compiler says that tcpclose does not do it.
 */
left_out_opt:
  %empty                        { $$ = word_missing(); }
| encapsulation
| '[' NAMED NUMBER ',' NAMED NUMBER ']' { $$ = word_at("RST/reason", @$); }
;

encapsulation:
  '/' PROTOCOL '(' NUMBER '>' NUMBER ')' { $$ = word_at("TCP/UDP", @$); }
;

udp: ip_opt PROTOCOL ports_opt length {
	$$ = build_packet(p, &(struct packet_node){
		.protocol = PACKET_UDP, .ip = $1.first, .flags = $2, .ports = $3, .length = $4 });
  }
;

icmp:
  ip_opt PROTOCOL word icmp_attributes quote_opt {
	$$ = build_packet(p, &(struct packet_node){
		.protocol = PACKET_ICMP, .ip = $1.first, .flags = $2, .icmp_type = $3,
		.attributes = $4.first, .quote = $5 });
  }
| ip_opt PROTOCOL word WORD icmp_attributes quote_opt {
	$$ = build_packet(p, &(struct packet_node){
		.protocol = PACKET_ICMP, .ip = $1.first, .flags = $2, .icmp_type = $3,
		.icmp_code = $4, .attributes = $5.first, .quote = $6 });
  }
;

icmp_attributes:
  %empty                        { $$ = list_empty(); }
| icmp_attributes NAMED value   { $$ = list_with($1, build_field(p, $2, $3)); }
;

/* With a word in its place, this is a quote that nplab's packetdrill has, but tcpclose does not. */
quote_opt:
  %empty                        { $$ = NULL; }
| '[' sequence length ']'       {
	$$ = build_items(p, EXPR_CALL, "tcp", list_with(list_of($2), $3), @$);
  }
| '[' sequence length encapsulation ']' { $$ = build_word(p, $4); }
| '[' PROTOCOL length ']'       { $$ = build_items(p, EXPR_CALL, $2.text, list_of($3), @$); }
;

ip_opt:
  %empty                        { $$ = list_empty(); }
| '(' ip_items ')'              { $$ = $2; }
| '[' ip_items ']'              { $$ = $2; }
;

ip_items:
  ip_item                       { $$ = list_of($1); }
| ip_items ',' ip_item          { $$ = list_with($1, $3); }
;

ip_item:
  word                          { $$ = build_word(p, $1); }
| word value                    { $$ = build_field(p, $1, $2); }
| word word                     { $$ = build_word(p, word_joined(p, $1.text, " ", $2.text, @$)); }
;

ports_opt:
  %empty                        { $$ = NULL; }
| NUMBER '>' NUMBER             { $$ = build_number_pair(p, $1, @1, $3, @3); }
;

/* "P." comes as a word and a full stop; a count of ACE (".5") comes as a number with a fraction. */
flags:
  word                          { $$ = $1; }
| word '.'                      { $$ = word_joined(p, $1.text, ".", "", @$); }
| word '.' word                 { $$ = word_joined(p, $1.text, ".", $3.text, @$); }
| word FLOAT                    { $$ = word_joined(p, $1.text, "", $2.text, @$); }
| FLOAT                         { $$ = word_at($1.text, @$); }
| '.'                           { $$ = word_at(".", @1); }
| '-'                           { $$ = word_at("-", @1); }
;

sequence:
  NUMBER ':' NUMBER             { $$ = build_number_pair(p, $1, @1, $3, @3); }
| '*'                           { $$ = build_expr(p, EXPR_STAR, @1); }
| ELLIPSIS                      { $$ = build_expr(p, EXPR_STAR, @1); }
;

length:
  '(' NUMBER ')'                { $$ = build_number(p, $2, @2); }
| '(' '*' ')'                   { $$ = build_expr(p, EXPR_STAR, @2); }
| '(' ELLIPSIS ')'              { $$ = build_expr(p, EXPR_ELLIPSIS, @2); }
;

attributes:
  %empty                        { $$ = list_empty(); }
| attributes attribute          { $$ = list_with($1, $2); }
;

attribute: word value           { $$ = build_field(p, $1, $2); } ;

value:
  NUMBER                        { $$ = build_number(p, $1, @1); }
| '*'                           { $$ = build_expr(p, EXPR_STAR, @1); }
;

option_list:
  option                        { $$ = list_of($1); }
| option_list ',' option        { $$ = list_with($1, $3); }
;

option:
  ELLIPSIS                      { $$ = build_expr(p, EXPR_ELLIPSIS, @1); }
| word option_words             { $$ = build_items(p, EXPR_CALL, $1.text, $2, @$); }
| NUMBER                        { $$ = build_items(p, EXPR_CALL, $1.text, list_empty(), @$); }
| PROTOCOL option_words         { $$ = build_items(p, EXPR_CALL, $1.text, $2, @$); }
;

option_words:
  %empty                        { $$ = list_empty(); }
| option_words word             { $$ = list_with($1, build_word(p, $2)); }
| option_words NUMBER           { $$ = list_with($1, build_digits(p, $2, @2)); }
| option_words NUMBER '!'       {
	$$ = list_with($1, build_absolute(p, $2, (struct range){ @2.begin, @3.end }));
  }
| option_words '*'              { $$ = list_with($1, build_expr(p, EXPR_STAR, @2)); }
| option_words ELLIPSIS         { $$ = list_with($1, build_expr(p, EXPR_STAR, @2)); }
| option_words NUMBER ':' NUMBER { $$ = list_with($1, build_number_pair(p, $2, @2, $4, @4)); }
;

/* ---- calls, and what looks like one ---- */

call:
  statement                     { $$ = $1; }
| end_opt statement             { $$ = $2; $$->blocking = true; $$->end = $1; }
;

end_opt: ELLIPSIS duration      { $$ = $2; } ;

statement:
  action_words
| word ':' action_words         { $$ = $3; $$->actor = $1; }
;

action_words:
  word                          { $$ = build_call(p, &(struct call_node){ .name = $1 }); }
| word '=' result note_opt tail {
	$$ = build_call(p, &(struct call_node){ .name = $1, .result = $3, .tail = $5.first });
  }
| word '(' expr_list_opt ')'    {
	$$ = build_call(p, &(struct call_node){
		.name = $1, .has_arguments = true, .arguments = $3.first });
  }
| word '(' expr_list_opt ')' '=' result note_opt tail {
	$$ = build_call(p, &(struct call_node){
		.name = $1, .has_arguments = true, .arguments = $3.first, .result = $6,
		.tail = $8.first });
  }
| word '(' expr_list_opt ')' '=' result word note_opt tail {
	$$ = build_call(p, &(struct call_node){
		.name = $1, .has_arguments = true, .arguments = $3.first, .result = $6,
		.error = $7, .tail = $9.first });
  }
;

result:
  range
| word                          { $$ = build_word(p, $1); }
| ELLIPSIS                      { $$ = build_expr(p, EXPR_ELLIPSIS, @1); }
;

range:
  number
| number '~' number             { $$ = build_pair(p, EXPR_PAIR, $1, $3); }
;

/* strerror(3)'s words behind an errno: for the reader only. */
note_opt:
  %empty                        { $$ = word_missing(); }
| '(' note ')'                  { $$ = word_missing(); }
;

note: note_word | note note_word ;
note_word: word | ALTERNATIVE | number | '-' | ',' | '.' | ':' | PROTOCOL | LAYER ;

tail:
  %empty                        { $$ = list_empty(); }
| tail ',' tail_words           { $$ = list_joined($1, $3); }
;

tail_words:
  tail_item                     { $$ = list_of($1); }
| tail_words tail_item          { $$ = list_with($1, $2); }
;

tail_item:
  WORD                          { $$ = build_word(p, $1); }
| NAMED range                   { $$ = build_field(p, $1, $2); }
;

/* ---- expressions ---- */

expr_list_opt:
  %empty                        { $$ = list_empty(); }
| expr_list
;

expr_list:
  expr                          { $$ = list_of($1); }
| expr_list ',' expr            { $$ = list_with($1, $3); }
;

expr:
  primary
| expr '|' expr                 { $$ = build_or(p, $1, $3); }
| name '=' expr                 { $$ = build_pair(p, EXPR_FIELD, $1, $3); }
| NUMBER '>' NUMBER             { $$ = build_number_pair(p, $1, @1, $3, @3); }
;

primary:
  number
| name
| ADDRESS                       { $$ = build_address(p, $1); }
| ELLIPSIS                      { $$ = build_expr(p, EXPR_ELLIPSIS, @1); }
| strings                       { $$ = build_string(p, $1, @$); }
| strings ELLIPSIS              { $$ = build_string(p, $1, @$); $$->kind = EXPR_PREFIX; }
| '[' expr_list_opt ']'         { $$ = build_items(p, EXPR_LIST, NULL, $2, @$); }
| '{' expr_list '}'             { $$ = build_items(p, EXPR_RECORD, NULL, $2, @$); }
;

/* What can have a value: name=value, msg_iov(1)=value. */
name:
  word                          { $$ = build_word(p, $1); }
| PROTOCOL                      { $$ = build_word(p, $1); }
| LAYER                         { $$ = build_word(p, $1); }
| word '(' expr_list_opt ')'    { $$ = build_items(p, EXPR_CALL, $1.text, $3, @$); }
;

strings:
  STRING                        { $$ = list_of($1); }
| strings STRING                { $$ = list_with($1, $2); }
;

word: WORD | NAMED ;

%%

static void yyerror(const struct range *where, struct parsing *p, void *scanner,
                    const char *message)
{
	/* Errors of syntax come to yyreport_syntax_error(); what remains is a stack that is full. */
	(void)scanner, (void)message;
	diag_error(p->diag, *where, "this is nested too deeply");
}

/* The names of the tokens that could have come; 0 when they are too many. */
static size_t name_expected(const yysymbol_kind_t *tokens, int count, const char **names)
{
	bool word = false;
	size_t n = 0;

	if (count > EXPECTED_MAX)
		return 0;
	for (int i = 0; i < count; i++)
		word |= tokens[i] == YYSYMBOL_WORD;
	/* A word is NAMED when a number follows; protocols are words, too. */
	for (int i = 0; i < count; i++)
		if (tokens[i] != YYSYMBOL_NAMED && (tokens[i] != YYSYMBOL_PROTOCOL || !word))
			names[n++] = yysymbol_name(tokens[i]);
	return n;
}

static int yyreport_syntax_error(const yypcontext_t *context, struct parsing *p, void *scanner)
{
	yysymbol_kind_t expected[YYNTOKENS];
	const char *names[EXPECTED_MAX];
	int count = yypcontext_expected_tokens(context, expected, YYNTOKENS);
	bool complete = false;          /* what came before: then this begins something */

	(void)scanner;
	for (int i = 0; i < count; i++)
		complete |= expected[i] == YYSYMBOL_DIRECTIVE;
	syntax_error(p, *yypcontext_location(context), complete, names,
	             name_expected(expected, count, names));
	return 0;
}
