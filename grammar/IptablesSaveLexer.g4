/**
 * Tokens of iptables-save text and of iptables command lines.
 *
 * The input is one character a byte (Latin-1), so offsets are byte offsets and nothing is lost.
 * A token is as large as the language allows: a word, a quoted argument, a pair of counters.
 * Every line is lexed by itself; the modes follow the place in the line.
 *
 * Source: iptables/iptables-restore.c, and add_param_to_argv in iptables/xshared.c.
 */
lexer grammar IptablesSaveLexer;

// ---- The beginning of a line ----

COMMENT           : '#' ~[\n]* -> channel(HIDDEN) ;
BLANKS            : BLANK+ -> channel(HIDDEN) ;
INDENTED_COMMENT  : BLANK+ '#' ~[\n]* ;                 // refused: a comment begins in the first column
NEWLINE           : '\n' ;
ASTERISK          : '*' -> mode(TABLE_LINE) ;
COLON             : ':' -> mode(CHAIN_LINE) ;
COUNTERS          : PAIR -> mode(ARGUMENTS) ;
BAD_COUNTERS      : '[' ~[\n\]]* ']' -> mode(ARGUMENTS) ; // taken as none unless restored with -c
UNCLOSED_COUNTERS : '[' ~[ \t\r\n\]]* -> mode(ARGUMENTS) ;
COMMIT            : 'COMMIT' -> mode(REST) ;
PROGRAM           : PATH? 'ip' '6'? 'tables' ( '-legacy' | '-nft' )? -> mode(ARGUMENTS) ;
FIRST_BANG        : '!' -> type(BANG), mode(ARGUMENTS) ;
FIRST_OPTION      : '-' PLAIN+ -> type(OPTION), mode(ARGUMENTS) ;
FIRST_ARGUMENT    : ( FIRST_PLAIN | FIRST_PLAIN? QUOTED ) -> type(ARGUMENT), mode(ARGUMENTS) ;
FIRST_UNCLOSED    : FIRST_PLAIN? TO_LINE_END -> type(UNCLOSED_ARGUMENT), mode(ARGUMENTS) ;

// ---- '*' TABLE ----

mode TABLE_LINE;

TABLE_NAME        : WORD -> mode(REST) ;
TABLE_BLANKS      : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
TABLE_NEWLINE     : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- ':' CHAIN POLICY [12:3400] ----

mode CHAIN_LINE;

CHAIN_NAME        : WORD -> mode(CHAIN_POLICY) ;
CHAIN_BLANKS      : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
CHAIN_NEWLINE     : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode CHAIN_POLICY;

POLICY_MISSING    : PAIR -> type(COUNTERS), mode(REST) ;
POLICY            : WORD -> mode(CHAIN_COUNTERS) ;
POLICY_BLANKS     : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
POLICY_NEWLINE    : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode CHAIN_COUNTERS;

COUNTERS_OF_CHAIN : PAIR -> type(COUNTERS), mode(REST) ;
COUNTERS_NOT_READ : WORD -> type(IGNORED_WORD), mode(REST) ;
COUNTERS_BLANKS   : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
COUNTERS_NEWLINE  : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- Words behind a complete line ----

mode REST;

IGNORED_WORD      : WORD ;
REST_BLANKS       : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
REST_NEWLINE      : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- The words of a command ----

mode ARGUMENTS;

BANG              : '!' ;
OPTION            : '-' PLAIN+ ;                        // which options there are, the binder knows
ARGUMENT          : PLAIN+ | PLAIN* QUOTED ;
UNCLOSED_ARGUMENT : PLAIN* TO_LINE_END ;
ARGUMENT_BLANKS   : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
ARGUMENT_NEWLINE  : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- Parts ----

fragment BLANK       : [ \t\r] ;
fragment PLAIN       : ~[ \t\r\n"] ;
fragment WORD        : ~[ \t\r\n]+ ;
fragment PATH        : ( ~[ \t\r\n"*:[!#\-] PLAIN* )? '/' ;
fragment PAIR        : '[' [0-9]+ ':' [0-9]+ ']' ;
fragment FIRST_PLAIN : ~[ \t\r\n"*:[] PLAIN* ;
fragment QUOTED      : '"' IN_QUOTES* '"' ;             // the closing quote ends the argument
fragment TO_LINE_END : '"' IN_QUOTES* '\\'? ;           // a quote never closed swallows the rest of the line
fragment IN_QUOTES   : ~[\\"\n] | '\\' ~[\n] ;
