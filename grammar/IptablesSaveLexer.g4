/**
 * Tokens of iptables-save text and of iptables command lines.
 *
 * The input is one character a byte (Latin-1), so offsets are byte offsets and nothing is lost.
 * A token is as large as the language allows: a word, a quoted argument, a pair of counters.
 * Every line is lexed by itself; the modes follow the place in the line.
 *
 * Source: xtables_restore_main in iptables/iptables-restore.c, add_param_to_argv in iptables/xshared.c.
 */
lexer grammar IptablesSaveLexer;

// ---- The beginning of a line ----

BYTE_ORDER_MARK   : '\u00EF\u00BB\u00BF' -> channel(HIDDEN) ;
COMMENT           : '#' ~[\n]* -> channel(HIDDEN) ;
BLANKS            : BLANK+ -> channel(HIDDEN) ;
INDENTED_COMMENT  : BLANK+ '#' ~[\n]* ;                 // a comment must begin in the first column
NEWLINE           : '\n' ;
ASTERISK          : '*' -> mode(TABLE_LINE) ;
COLON             : ':' -> mode(CHAIN_LINE) ;
COUNTERS          : '[' [0-9]+ ':' [0-9]+ ']' -> mode(ARGUMENTS) ;
BAD_COUNTERS      : '[' ~[ \t\r\n\]]* ']'? -> mode(ARGUMENTS) ;
COMMIT            : 'COMMIT' -> mode(ARGUMENTS) ;
PROGRAM           : (PLAIN* '/')? 'ip' '6'? 'tables' ('-legacy' | '-nft')? -> mode(ARGUMENTS) ;
FIRST_BANG        : '!' -> type(BANG), mode(ARGUMENTS) ;
FIRST_OPTION      : '-' PLAIN+ -> type(OPTION), mode(ARGUMENTS) ;
FIRST_QUOTED      : QUOTED -> type(ARGUMENT), mode(ARGUMENTS) ;
FIRST_UNCLOSED    : UNCLOSED -> type(UNCLOSED_ARGUMENT), mode(ARGUMENTS) ;
FIRST_WORD        : ~[ \t\r\n"*:[] PLAIN* -> type(ARGUMENT), mode(ARGUMENTS) ;

// ---- Behind '*' ----

mode TABLE_LINE;

TABLE_NAME        : PLAIN_OR_QUOTE+ -> mode(ARGUMENTS) ;
TABLE_BLANKS      : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
TABLE_NEWLINE     : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- Behind ':' ----

mode CHAIN_LINE;

CHAIN_NAME        : PLAIN_OR_QUOTE+ -> mode(POLICY_PLACE) ;
CHAIN_BLANKS      : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
CHAIN_NEWLINE     : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode POLICY_PLACE;

POLICY_COUNTERS   : '[' [0-9]+ ':' [0-9]+ ']' -> type(COUNTERS), mode(ARGUMENTS) ;
POLICY            : PLAIN_OR_QUOTE+ -> mode(COUNTERS_PLACE) ;
POLICY_BLANKS     : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
POLICY_NEWLINE    : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

mode COUNTERS_PLACE;

CHAIN_COUNTERS    : '[' [0-9]+ ':' [0-9]+ ']' -> type(COUNTERS), mode(ARGUMENTS) ;
BAD_CHAIN_COUNTERS: '[' ~[ \t\r\n\]]* ']'? -> type(BAD_COUNTERS), mode(ARGUMENTS) ;
COUNTERS_WORD     : ~[ \t\r\n[] PLAIN_OR_QUOTE* -> type(ARGUMENT), mode(ARGUMENTS) ;
COUNTERS_BLANKS   : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
COUNTERS_NEWLINE  : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- The words of a command ----

mode ARGUMENTS;

BANG              : '!' ;
OPTION            : '-' PLAIN+ ;                        // what -m and -j words mean is the binder's to know
ARGUMENT          : PLAIN+ | QUOTED ;
UNCLOSED_ARGUMENT : UNCLOSED ;                          // swallows the rest of the line
ARGUMENT_BLANKS   : BLANK+ -> type(BLANKS), channel(HIDDEN) ;
ARGUMENT_NEWLINE  : '\n' -> type(NEWLINE), mode(DEFAULT_MODE) ;

// ---- Parts ----

fragment BLANK          : [ \t\r] ;
fragment PLAIN          : ~[ \t\r\n"] ;
fragment PLAIN_OR_QUOTE : ~[ \t\r\n] ;
fragment QUOTED         : PLAIN* '"' IN_QUOTES* '"' ;   // the closing quote ends the argument
fragment UNCLOSED       : PLAIN* '"' IN_QUOTES* '\\'? ;
fragment IN_QUOTES      : ~[\\"\n] | '\\' ~[\n] ;
