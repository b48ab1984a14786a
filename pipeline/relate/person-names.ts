/** Surname and one or two characters, 小王, 李某, 王哥. */
const personal = /^[王李张刘陈杨黄赵吴周徐孙朱胡郭何林罗梁宋郑谢唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶余潘杜戴汪姜范姚谭廖邹熊陆郝孔崔邱秦顾侯邵孟尹黎乔贺赖龚].{1,2}$|^[小阿老].$|某|.[哥姐总]$/u;

/** Whether a word that the dictionary lacks may be an ordinary person's name: nothing is named by it. */
export const mayBePerson = (word: string): boolean => personal.test(word);
