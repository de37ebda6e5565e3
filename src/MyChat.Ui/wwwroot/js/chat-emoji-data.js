// The emoji of the picker by group; a line: emoji, English name, Chinese name, more words to find it by, with tabs between.
// Order, names and words come from the Unicode CLDR and UTS #51; see chat-emoji-data.LICENSE.txt.
export const groups = {
  smileys: `😀	grinning face	嘿嘿	grin 笑脸 脸
😃	grinning face with big eyes	哈哈	mouth open smile 开口笑 笑脸 脸
😄	grinning face with smiling eyes	大笑	eye mouth open smile 哈哈 开心 笑 脸 高兴
😁	beaming face with smiling eyes	嘻嘻	eye grin smile 笑脸 脸
😆	grinning squinting face	斜眼笑	laugh mouth satisfied smile 开心 眯眼 笑 脸 高兴
😅	grinning face with sweat	苦笑	cold open smile 冷汗 汗 脸 尴尬
🤣	rolling on the floor laughing	笑得满地打滚	face laugh rofl rotfl 地板 打滚 笑 脸 哈哈 lol
😂	face with tears of joy	笑哭了	laugh tear 眼泪 笑 脸 哈哈 lol
🙂	slightly smiling face	呵呵	smile 开心 笑 脸
🙃	upside-down face	倒脸	脸 颠倒 颠倒的脸
😉	winking face	眨眼	wink 媚眼 笑
😊	smiling face with smiling eyes	羞涩微笑	blush eye smile 害羞 微笑 羞涩 脸 脸红
😇	smiling face with halo	微笑天使	angel fantasy innocent 光环 天使 天真 幻想 微笑 脸
🥰	smiling face with hearts	喜笑颜开	adore crush in love 心 爱慕 迷恋 陷入爱河
😍	smiling face with heart-eyes	花痴	eye love smile 爱 红心 脸
🤩	star-struck	好崇拜哦	eyes face grinning star 咧嘴笑 脸 露齿笑
😘	face blowing a kiss	飞吻	亲亲 眨眼 脸
😗	kissing face	亲亲	kiss 吻 脸
☺️	smiling face	微笑	outlined relaxed smile 呵呵 开心 放松 笑 脸
😚	kissing face with closed eyes	羞涩亲亲	eye kiss 亲亲 吻 羞涩 脸 闭眼
😙	kissing face with smiling eyes	微笑亲亲	eye kiss smile 亲亲 吻 微笑 脸
🥲	smiling face with tear	含泪的笑脸	grateful proud relieved touched 微笑的 感动的 感恩的 眼泪 释怀的 骄傲的
😋	face savoring food	好吃	delicious savouring smile yum 津津有味 美味 脸
😛	face with tongue	吐舌	脸 舌头 调皮
😜	winking face with tongue	单眼吐舌	eye joke wink 单眼 吐舌 开玩笑 脸
🤪	zany face	滑稽	eye goofy large small 大眼 小眼 滑稽的脸 疯狂的脸 脸
😝	squinting face with tongue	眯眼吐舌	eye horrible taste 可怕 吐舌 眯眼 眼睛 脸
🤑	money-mouth face	发财	money mouth 拜金 脸 见钱眼开 钱
🤗	smiling face with open hands	抱抱	hug hugging open hands smiling face 抱 拥抱 笑 脸
🤭	face with hand over mouth	不说	whoops 哎呀 脸
🤫	shushing face	安静的脸	quiet shush 嘘 安静
🤔	thinking face	想一想	思考 想 脸 想想 疑惑
🤐	zipper-mouth face	闭嘴	mouth zipper 嘴 脸
🤨	face with raised eyebrow	挑眉	distrust skeptic 不信任 怀疑 眉毛上挑的脸 脸
😐	neutral face	冷漠	deadpan meh 脸 面无表情
😑	expressionless face	无语	inexpressive meh unexpressive 脸 茫然 面无表情
😶	face without mouth	沉默	quiet silent 嘴 安静 脸
😶‍🌫️	face in clouds	迷茫	absentminded face in the fog head in clouds
😏	smirking face	得意	smirk 假笑
😒	unamused face	不高兴	unhappy 不屑 不服 脸 郁闷 鄙视
🙄	face with rolling eyes	翻白眼	eyeroll 无语 白眼 脸
😬	grimacing face	龇牙咧嘴	grimace 咬牙切齿 脸 露齿 鬼脸
😮‍💨	face exhaling	呼气	exhale gasp groan relief whisper whistle
🤥	lying face	说谎	lie pinocchio 匹诺曹 脸 长鼻子
😌	relieved face	松了口气	如释重负 松口气 脸
😔	pensive face	沉思	dejected 心事重重 脸
😪	sleepy face	困	good night sleep 睡觉 瞌睡 脸
🤤	drooling face	流口水	口水 垂涎三尺 脸
😴	sleeping face	睡着了	good night sleep ZZZ 呼噜 打呼 脸 困 晚安
😷	face with medical mask	感冒	cold doctor sick 医生 口罩 生病 脸
🤒	face with thermometer	发烧	ill sick 体温计 温度计 生病 脸
🤕	face with head-bandage	受伤	bandage hurt injury 打绷带 脸
🤢	nauseated face	恶心	vomit 吐 呕 脸
🤮	face vomiting	呕吐	puke sick vomit 不舒服 脸
🤧	sneezing face	打喷嚏	gesundheit sneeze 喷嚏 脸 鼻涕
🥵	hot face	脸发烧	feverish heat stroke red-faced sweating 出汗 发烧 发热 心狂跳 脸红
🥶	cold face	冷脸	blue-faced freezing frostbite icicles 冷 冷冰冰 冻僵 满面寒霜
🥴	woozy face	头昏眼花	dizzy intoxicated tipsy uneven eyes wavy mouth 嘴唇颤抖 头晕眼花 微醺 眼花 醉醺醺
😵	face with crossed-out eyes	晕头转向	crossed-out eyes dead knocked out 头晕 头晕眼花 晕头 脸
😵‍💫	face with spiral eyes	晕	dizzy hypnotized trouble whoa
🤯	exploding head	爆炸头	mind blown shocked 震惊
🤠	cowboy hat face	牛仔帽脸	cowgirl 帽 牛仔 脸
🥳	partying face	聚会笑脸	celebration hat horn party 号角 帽子 庆祝 聚会
🥸	disguised face	伪装的脸	disguise glasses incognito nose 伪装 眼镜 脸 隐瞒身份 鼻子
😎	smiling face with sunglasses	墨镜笑脸	bright cool sun 太阳镜 眼镜 酷 墨镜
🤓	nerd face	书呆子脸	geek 奇葩 脸
🧐	face with monocle	带单片眼镜的脸	stuffy 古板
😕	confused face	困扰	meh 不懂 困惑 疑惑 脸
😟	worried face	担心	不高兴 伤心 担忧 焦虑 脸
🙁	slightly frowning face	微微不满	frown 不开心 不高兴 委屈 心情不好 脸
☹️	frowning face	不满	frown 不爽 不高兴 皱眉 脸
😮	face with open mouth	吃惊	sympathy 同情 啊 脸
😯	hushed face	缄默	stunned surprised 吃惊 脸
😲	astonished face	震惊	shocked totally 惊 惊讶 脸
😳	flushed face	脸红	dazed 困惑 害羞 羞涩 脸 茫然 迷茫
🥺	pleading face	恳求的脸	begging mercy puppy eyes 可怜兮兮的眼神 怜悯 祈求
😦	frowning face with open mouth	啊	frown 惊讶 目瞪口呆 脸
😧	anguished face	极度痛苦	痛 脸 难受
😨	fearful face	害怕	fear scared 怕 恐怖 恐惧 脸
😰	anxious face with sweat	冷汗	blue cold rushed 无语 汗 焦虑 紧张 脸
😥	sad but relieved face	失望但如释重负	disappointed whew 失望 如释重负 脸
😢	crying face	哭	cry sad tear 伤心 泪 脸
😭	loudly crying face	放声大哭	cry sad sob tear 哭 大哭 泪 痛哭 脸 哭死
😱	face screaming in fear	吓死了	munch scared scream 吓死 害怕 尖叫 恐怖 脸
😖	confounded face	困惑	焦头烂额 纠结 脸
😣	persevering face	痛苦	persevere 忍耐 脸 难受
😞	disappointed face	失望	不高兴 脸 难过
😓	downcast face with sweat	汗	cold 冷 尴尬 脸
😩	weary face	累死了	tired 疲倦 疲劳 疲惫 累 脸
😫	tired face	累	疲倦 疲劳 疲惫 脸
🥱	yawning face	打呵欠	bored tired yawn 呵欠 哈欠 困 无聊 累
😤	face with steam from nose	傲慢	triumph won 胜利 自负 赢 趾高气昂
😡	enraged face	怒火中烧	angry mad pouting rage red 发火 发飙 怒 生气 脸
😠	angry face	生气	anger mad 怒 愤怒 脸
🤬	face with symbols on mouth	嘴上有符号的脸	swearing 发誓 咒骂 脸
😈	smiling face with horns	恶魔微笑	fairy tale fantasy smile 幻想 犄角 神话故事 脸
👿	angry face with horns	生气的恶魔	demon devil fantasy imp 幻想 顽童
💀	skull	头骨	death face fairy tale monster 妖怪 死亡 神话故事 脸
☠️	skull and crossbones	骷髅	death face monster 头骨 妖怪 死亡 脸 骨头
💩	pile of poo	大便	dung face monster poop 屎 怪物 粑粑 脸 大便 便便
🤡	clown face	小丑脸	小丑 脸
👹	ogre	食人魔	creature face fairy tale fantasy monster 妖怪 幻想 神话故事 脸 鬼
👺	goblin	小妖精	creature face fairy tale fantasy monster 妖怪 幻想 神话故事 脸
👻	ghost	鬼	creature face fairy tale fantasy monster 妖怪 幻想 幽灵 神话故事 脸
👽	alien	外星人	creature extraterrestrial face fantasy ufo ufo 外星 太空 幻想 星际 脸
👾	alien monster	外星怪物	creature extraterrestrial face ufo ufo 外星 太空 怪物 星际 脸 飞碟
🤖	robot	机器人	face monster 怪物
😺	grinning cat	大笑的猫	face mouth open smile 哈哈 猫脸 笑 脸
😸	grinning cat with smiling eyes	微笑的猫	eye face grin smile 呵呵 猫脸 笑 脸
😹	cat with tears of joy	笑出眼泪的猫	face tear 喜极而泣 快乐 猫脸 眼泪 脸
😻	smiling cat with heart-eyes	花痴的猫	eye face heart love smile 喜欢 心 猫脸 脸 花痴
😼	cat with wry smile	奸笑的猫	face ironic 奸笑 猫脸 脸 讽刺
😽	kissing cat	亲亲猫	eye face kiss 亲亲 吻 猫脸 脸
🙀	weary cat	疲倦的猫	face oh surprised 惊讶 猫脸 疲倦 累 脸
😿	crying cat	哭泣的猫	cry face sad tear 哭 猫脸 眼泪 脸 难过
😾	pouting cat	生气的猫	face 猫脸 生气 脸
🙈	see-no-evil monkey	非礼勿视	evil face forbidden see 脸 蒙住眼睛 蒙眼
🙉	hear-no-evil monkey	非礼勿听	evil face forbidden hear 堵上耳朵 堵耳 脸
🙊	speak-no-evil monkey	非礼勿言	evil face forbidden speak 捂上嘴巴 捂嘴 脸
💌	love letter	情书	heart mail 信 邮件
💘	heart with arrow	心中箭了	cupid 丘比特 浪漫 爱情 箭 红心
💝	heart with ribbon	系有缎带的心	valentine 爱的礼物 送你一颗心
💖	sparkling heart	闪亮的心	excited sparkle 激动 红心 闪亮
💗	growing heart	搏动的心	excited nervous pulse 搏动 激动 紧张 红心
💓	beating heart	心跳	heartbeat pulsating 心动 爱
💞	revolving hearts	舞动的心	旋转 涌动 跃动
💕	two hearts	两颗心	love 爱情
💟	heart decoration	心型装饰	装饰
❣️	heart exclamation	心叹号	mark punctuation 叹号 心动
💔	broken heart	心碎	break 伤心
❤️‍🔥	heart on fire	火上之心	burn love lust sacred heart
❤️‍🩹	mending heart	修复受伤的心灵	healthier improving recovering recuperating well
❤️	red heart	红心	心 爱 喜欢 红心
🧡	orange heart	橙心	橙
💛	yellow heart	黄心	黄
💚	green heart	绿心	绿
💙	blue heart	蓝心	蓝
💜	purple heart	紫心	紫
🤎	brown heart	棕心	心 心形 棕
🖤	black heart	黑心	evil wicked 心 邪恶 黑色
🤍	white heart	白心	心 心形 白
💋	kiss mark	唇印	lips 吻 唇 浪漫
💯	hundred points	一百分	100 full score 满分 考试
💢	anger symbol	怒	angry comic mad 火大 生气 青筋
💥	collision	爆炸	boom comic 炸 爆
💫	dizzy	头晕	comic star 头晕目眩
💦	sweat droplets	汗滴	comic splashing 汗
💨	dashing away	尾气	comic dash running 疾驰而去 飞奔而去
🕳️	hole	洞	坑 陷阱
💬	speech balloon	话语气泡	bubble comic dialog 发言 对话框 气泡
👁️‍🗨️	eye in speech bubble	眼睛对话框	balloon witness 对话框 眼睛
🗨️	left speech bubble	朝左的话语气泡	balloon dialog 对话框 话语
🗯️	right anger bubble	愤怒话语气泡	angry balloon mad 对话框 愤怒
💭	thought balloon	内心活动气泡	bubble comic 对话框 思想活动 气泡
💤	ZZZ	睡着	comic good night sleep 呼噜 打呼`,
  people: `👋	waving hand	挥手	wave 你好 再见
🤚	raised back of hand	立起的手背	backhand 手 手背 立起
🖐️	hand with fingers splayed	手掌	finger 击掌 布 手 禁止
✋	raised hand	举起手	high 5 high five 举手 手
🖖	vulcan salute	瓦肯举手礼	finger hand spock 手 敬礼 斯波克 星际迷航 瓦肯
👌	OK hand	OK	手 好 没问题
🤌	pinched fingers	捏手指	hand gesture interrogation sarcastic 匮乏 审讯 手势 手指 挖苦
🤏	pinching hand	捏合的手势	small amount 一点 小 少量
✌️	victory hand	胜利手势	v V 成功 手 胜利
🤞	crossed fingers	交叉的手指	cross finger hand luck 交叉 幸运 手 手指
🤟	love-you gesture	爱你的手势	hand ILY 我爱你 手
🤘	sign of the horns	摇滚	finger hand rock-on 手 角 金属礼
🤙	call me hand	给我打电话	hang loose Shaka 手 电话
👈	backhand index pointing left	反手食指向左指	finger hand point 反手 向左指 手 指左 食指
👉	backhand index pointing right	反手食指向右指	finger hand point 反手 向右指 手 指右 食指
👆	backhand index pointing up	反手食指向上指	finger hand point 反手 向上指 手 指上 食指
🖕	middle finger	竖中指	hand 中指 反手 手
👇	backhand index pointing down	反手食指向下指	finger hand point 反手 向下指 手 指下 食指
☝️	index pointing up	食指向上指	finger hand point 向上指 手 指上 食指
👍	thumbs up	拇指向上	+1 hand thumb 同意 手 真棒 赞成 顶一下 点赞 好的 ok
👎	thumbs down	拇指向下	-1 hand thumb 不赞成 反对 手 责备
✊	raised fist	举起拳头	clenched hand punch 手 拳头 握拳
👊	oncoming fist	出拳	clenched hand punch 手 打 拳
🤛	left-facing fist	朝左的拳头	leftwards 拳头 朝左
🤜	right-facing fist	朝右的拳头	rightwards 手 拳头 朝右
👏	clapping hands	鼓掌	clap hand 拍手
🙌	raising hands	举双手	celebration gesture hand hooray raised 击掌 双手 庆祝
👐	open hands	张开双手	hand 双手 摊手
🤲	palms up together	掌心向上托起	prayer 祷告
🤝	handshake	握手	agreement hand meeting shake 会面 协议 合作
🙏	folded hands	双手合十	ask hand high 5 high five please pray thanks 拜托 祈求 祈祷 祝福 谢谢 thanks please
✍️	writing hand	写字	write 写 笔
💅	nail polish	涂指甲油	care cosmetics manicure 指甲油 美甲
🤳	selfie	自拍	camera phone 手机 相机
💪	flexed biceps	肌肉	comic flex muscle 二头肌 强壮
🦾	mechanical arm	机械手臂	accessibility prosthetic 义肢 手臂 无障碍
🦿	mechanical leg	机械腿	accessibility prosthetic 义肢 无障碍 腿
🦵	leg	腿	kick limb 跛行 踢
🦶	foot	脚	kick stomp 踢 踩
👂	ear	耳朵	body 听 耳
🦻	ear with hearing aid	戴助听器的耳朵	accessibility hard of hearing 助听器 听力障碍 失聪 无障碍 聋
👃	nose	鼻子	body 嗅 闻 鼻
🧠	brain	脑	intelligent 大脑 头脑 智慧 智能
🫀	anatomical heart	心脏器官	cardiology organ pulse 中心 器官 心率 心脏病学 心跳
🫁	lungs	肺	breath exhalation inhalation organ respiration 吸气 呼吸 呼吸作用 呼气 器官
🦷	tooth	牙齿	dentist 牙医
🦴	bone	骨头	skeleton 骨骼
👀	eyes	双眼	eye face
👁️	eye	眼睛	body 看 眼
👅	tongue	舌头	body 舌 舔
👄	mouth	嘴	lips 口 唇
👶	baby	小宝贝	young 宝宝
🧒	child	儿童	gender-neutral unspecified gender young 年轻人 性别不明 性别中立
👦	boy	男孩	young 儿童
👧	girl	女孩	Virgo young zodiac 儿童
🧑	person	成人	adult gender-neutral unspecified gender 性别中立 性格不明
👱	person: blond hair	金色头发的人	blond-haired person 金发
👨	man	男人	adult 成人
🧔	person: beard	有胡子的人	person 人 男 络腮胡 胡子 胡须
👩	woman	女人	adult 女
🧓	older person	老年人	adult gender-neutral old unspecified gender 性别不明 性别中性 成人 老人
👴	old man	老爷爷	adult 老人 老头
👵	old woman	老奶奶	adult 老人 老太
🙍	person frowning	皱眉	frown gesture 不开心
🙎	person pouting	撅嘴	gesture 不开心 噘嘴
🙅	person gesturing NO	禁止手势	forbidden gesture hand prohibited 不行 反对 禁止
🙆	person gesturing OK	OK手势	gesture hand ok 好的
💁	person tipping hand	前台	help information sassy 信息 帮助
🙋	person raising hand	举手	gesture happy raised 开心
🧏	deaf person	失聪者	accessibility ear hear 听力 无障碍 耳朵 聋
🙇	person bowing	鞠躬	apology bow gesture sorry 不好意思 对不起 道歉
🤦	person facepalming	捂脸	disbelief exasperation face palm 无语 难以置信
🤷	person shrugging	耸肩	doubt ignorance indifference shrug 不关心 怀疑 无视
🧑‍⚕️	health worker	卫生工作者	doctor healthcare nurse therapist 医生 护士 治疗师
🧑‍🎓	student	学生	graduate 毕业 毕业生
🧑‍🏫	teacher	老师	instructor professor 教师 教授
🧑‍⚖️	judge	法官	justice scales 法律
🧑‍🌾	farmer	农民	gardener rancher 园丁
🧑‍🍳	cook	厨师	chef 做饭 大厨
🧑‍🔧	mechanic	技工	electrician plumber tradesperson 水管工 电工
🧑‍🏭	factory worker	工人	assembly industrial 工业 工厂 装配
🧑‍💼	office worker	白领	architect business manager white-collar 商人 建筑师 经理
🧑‍🔬	scientist	科学家	biologist chemist engineer physicist 化学家 工程学家 物理学家 生物学家
🧑‍💻	technologist	程序员	coder developer inventor software 发明 开发人员 码农 软件
🧑‍🎤	singer	歌手	actor entertainer rock star 摇滚歌手 明星 演员 艺人
🧑‍🎨	artist	艺术家	palette 画家
🧑‍✈️	pilot	飞行员	plane 飞机
🧑‍🚀	astronaut	宇航员	rocket 火箭
🧑‍🚒	firefighter	消防员	firetruck 消防车
👮	police officer	警察	cop 警官
🕵️	detective	侦探	sleuth spy 间谍
💂	guard	卫兵	卫士 守卫
🥷	ninja	忍者	fighter hidden stealth 打斗 隐藏 隐身
👷	construction worker	建筑工人	hat 工人 建筑
🤴	prince	王子	
👸	princess	公主	fairy tale fantasy 皇冠 童话
👳	person wearing turban	戴头巾的人	头巾
👲	person with skullcap	戴瓜皮帽的人	cap gua pi mao hat 帽子 瓜皮帽
🧕	woman with headscarf	带头饰的女人	hijab mantilla tichel 头巾 希贾布
🤵	person in tuxedo	穿燕尾服的人	groom 人 新郎 燕尾服
👰	person with veil	戴头纱的人	bride wedding 人 头纱 婚礼 新娘
🤰	pregnant woman	孕妇	女人 怀孕
🤱	breast-feeding	母乳喂养	baby breast nursing 乳房 哺乳 婴儿
🧑‍🍼	person feeding baby	哺乳的人	nursing 人 哺乳 喂养 婴儿
👼	baby angel	小天使	face fairy tale fantasy 儿童 天使 孩子
🎅	Santa Claus	圣诞老人	celebration Christmas claus father santa 圣诞 节日
🤶	Mrs. Claus	圣诞奶奶	celebration Christmas claus mother 圣诞 奶奶 老妈
🧑‍🎄	mx claus	圣诞人	Claus, christmas 人 圣诞
🦸	superhero	超级英雄	good hero heroine superpower 女英雄 好人 英雄 超能力
🦹	supervillain	超级大坏蛋	criminal evil superpower villain 坏蛋 恶魔 罪犯 超能力
🧙	mage	法师	sorcerer sorceress witch wizard 女巫 女魔术师 男巫 男魔术师
🧚	fairy	精灵	Oberon Puck Titania 天卫三 天卫十五 天卫四
🧛	vampire	吸血鬼	Dracula undead 不死族
🧜	merperson	人鱼	mermaid merman merwoman 女人鱼 男人鱼 美人鱼
🧝	elf	小精灵	magical 魔术
🧞	genie	妖怪	djinn 神灵
🧟	zombie	僵尸	undead walking dead 不死族 行尸走肉
💆	person getting massage	按摩	face salon 美容
💇	person getting haircut	理发	barber beauty parlor 剪头
🚶	person walking	行人	hike walk 徒步 走路
🧍	person standing	站立者	stand 站着 站立
🧎	person kneeling	下跪者	kneel 跪下 跪坐
🧑‍🦯	person with white cane	拄盲杖的人	accessibility blind 无障碍 盲
👨‍🦯	man with white cane	拄盲杖的男人	accessibility blind 拐杖 无障碍 男 盲
👩‍🦯	woman with white cane	拄盲杖的女人	accessibility blind 女 拐杖 无障碍 盲
🧑‍🦼	person in motorized wheelchair	坐电动轮椅的人	accessibility 无障碍 轮椅
👨‍🦼	man in motorized wheelchair	坐电动轮椅的男人	accessibility 无障碍 电动 男 轮椅
👩‍🦼	woman in motorized wheelchair	坐电动轮椅的女人	accessibility 女 无障碍 电动 轮椅
🧑‍🦽	person in manual wheelchair	坐手动轮椅的人	accessibility 无障碍 轮椅
👨‍🦽	man in manual wheelchair	坐手动轮椅的男人	accessibility 手动 无障碍 男 轮椅
👩‍🦽	woman in manual wheelchair	坐手动轮椅的女人	accessibility 女 手动 无障碍 轮椅
🏃	person running	跑步者	marathon 跑步 马拉松
💃	woman dancing	跳舞的女人	dance 女人 跳舞
🕺	man dancing	跳舞的男人	dance 男人 跳舞
🕴️	person in suit levitating	西装革履的人	business 商务 正装 西装革履
👯	people with bunny ears	戴兔耳朵的人	bunny ear dancer partying 兔耳朵 派对 聚会 跳舞
🧖	person in steamy room	蒸房里的人	sauna steam room 桑拿 蒸房
🧗	person climbing	攀爬的人	climber 登山者
🤺	person fencing	击剑选手	fencer sword 人 体育 击剑 剑
🏇	horse racing	赛马	jockey racehorse 马
⛷️	skier	滑雪的人	ski snow 滑雪 雪
🏂	snowboarder	滑雪板	ski snow snowboard 滑雪 雪
🏌️	person golfing	打高尔夫的人	ball golf 球 高尔夫
🏄	person surfing	冲浪	
🚣	person rowing boat	划艇	rowboat 船
🏊	person swimming	游泳	swim
⛹️	person bouncing ball	玩球	游戏 玩 球
🏋️	person lifting weights	举重	lifter weight
🚴	person biking	骑自行车	bicycle cyclist 单车 自行车 骑单车
🚵	person mountain biking	骑山地车	bicycle bicyclist bike cyclist 单车 山地车 自行车 骑山地车的人
🤸	person cartwheeling	侧手翻	cartwheel gymnastics 人 体操 体育 翻筋斗
🤼	people wrestling	摔跤选手	wrestle wrestler 人 体育 摔跤
🤽	person playing water polo	水球	人 体育
🤾	person playing handball	手球	ball 人 体育
🤹	person juggling	抛接杂耍	balance juggle multitask skill 平衡 抛接 杂技 杂耍
🧘	person in lotus position	盘腿的人	meditation yoga 冥想 瑜伽
🛀	person taking bath	洗澡的人	bathtub 洗澡 浴缸
🛌	person in bed	躺在床上的人	good night hotel sleep 入睡 宾馆 酒店
👭	women holding hands	手拉手的两个女人	couple hand holding hands 两个女人 情侣 手拉手
👫	woman and man holding hands	手拉手的一男一女	couple hand hold holding hands 一男一女 情侣 手拉手
👬	men holding hands	手拉手的两个男人	couple Gemini holding hands man twins zodiac 两个男人 双子座 情侣 手拉手 黄道十二宫
💏	kiss	亲吻	couple 情侣 接吻 浪漫
💑	couple with heart	情侣	love 恋爱 浪漫 红心
👪	family	家庭	
🗣️	speaking head	说话	face silhouette speak 剪影 头 讲话
👤	bust in silhouette	人像	剪影 半身像
👥	busts in silhouette	双人像	bust 剪影 半身像
🫂	people hugging	人的拥抱	goodbye hello hug thanks 再见 您好 感谢 拥抱
👣	footprints	脚印	clothing footprint print 足迹`,
  nature: `🐵	monkey face	猴头	猴
🐒	monkey	猴子	猴
🦍	gorilla	大猩猩	
🦧	orangutan	红毛猩猩	ape 猩猩 猴 猿
🐶	dog face	狗脸	pet 宠物 狗 脸 狗头
🐕	dog	狗	pet 宠物
🦮	guide dog	导盲犬	accessibility blind 指引 无障碍 盲
🐕‍🦺	service dog	服务犬	accessibility assistance 工作犬 无障碍 犬 狗 辅助
🐩	poodle	贵宾犬	dog 卷毛狗 狗
🐺	wolf	狼	face 头 脸
🦊	fox	狐狸	face 头 脸
🦝	raccoon	浣熊	curious sly 好奇 淘气
🐱	cat face	猫脸	pet 宠物 猫 脸
🐈	cat	猫	pet 宠物
🐈‍⬛	black cat	黑猫	unlucky 不吉利 猫 黑色
🦁	lion	狮子	face Leo zodiac 狮子座 脸 黄道十二宫
🐯	tiger face	老虎头	老虎 脸
🐅	tiger	老虎	虎
🐆	leopard	豹子	猎豹 豹
🐴	horse face	马头	马
🐎	horse	马	equestrian racehorse racing 比赛 赛马 骑马
🦄	unicorn	独角兽	face 头 脸
🦓	zebra	斑马	stripe 条纹
🦌	deer	鹿	
🦬	bison	大野牛	buffalo herd wisent 欧洲野牛 水牛 畜群
🐮	cow face	奶牛头	奶牛 脸
🐂	ox	公牛	bull Taurus zodiac 牛 金牛座 黄道十二宫
🐃	water buffalo	水牛	
🐄	cow	奶牛	牛
🐷	pig face	猪头	猪 脸
🐖	pig	猪	sow
🐗	boar	野猪	pig 猪
🐽	pig nose	猪鼻子	face 猪 脸 鼻子
🐏	ram	公羊	Aries male sheep zodiac 白羊座 羊 雄性 黄道十二宫
🐑	ewe	母羊	female sheep 羊 雌性
🐐	goat	山羊	Capricorn zodiac 摩羯座 黄道十二宫
🐪	camel	骆驼	dromedary hump 单峰
🐫	two-hump camel	双峰骆驼	bactrian hump 双峰 骆驼
🦙	llama	美洲鸵	alpaca guanaco vicuña wool 原驼 小羊驼 羊毛 羊驼
🦒	giraffe	长颈鹿	spots 斑点
🐘	elephant	大象	象
🦣	mammoth	猛犸	extinction large tusk woolly 大型 有绒毛的 灭绝 长牙
🦏	rhinoceros	犀牛	
🦛	hippopotamus	河马	hippo
🐭	mouse face	老鼠头	鼠
🐁	mouse	老鼠	耗子 鼠
🐀	rat	耗子	鼠
🐹	hamster	仓鼠	face pet 啮齿 头 脸
🐰	rabbit face	兔子头	bunny pet 兔
🐇	rabbit	兔子	bunny pet 兔
🐿️	chipmunk	松鼠	squirrel 花栗鼠
🦫	beaver	海狸	dam 母畜
🦔	hedgehog	刺猬	spiny
🦇	bat	蝙蝠	vampire 吸血鬼
🐻	bear	熊	face 头 脸
🐻‍❄️	polar bear	北极熊	arctic white 北极 熊 白色
🐨	koala	考拉	face marsupial 澳大利亚
🐼	panda	熊猫	face 头 胖达 脸
🦥	sloth	树懒	lazy slow 慢 懒 爬树 迟缓
🦦	otter	水獭	fishing playful 动物 捕鱼 獭 鼬
🦨	skunk	臭鼬	stink 熏 臭 鼬
🦘	kangaroo	袋鼠	Australia joey jump marsupial 小袋鼠 有袋类动物 澳大利亚 跳
🦡	badger	獾	honey badger pester 纠缠 蜜獾
🐾	paw prints	爪印	feet print 爪子 足迹
🦃	turkey	火鸡	bird
🐔	chicken	鸡	bird
🐓	rooster	公鸡	bird 鸡
🐣	hatching chick	小鸡破壳	baby bird 小鸡 破壳
🐤	baby chick	小鸡	bird 鸡
🐥	front-facing baby chick	正面朝向的小鸡	bird 小鸡
🐦	bird	鸟	
🐧	penguin	企鹅	bird
🕊️	dove	鸽	bird fly peace 和平象征 飞翔 鸟 鸽子
🦅	eagle	鹰	bird 老鹰 鸟
🦆	duck	鸭子	bird 鸟 鸭
🦢	swan	天鹅	bird cygnet ugly duckling 丑小鸭 小天鹅 鸟
🦉	owl	猫头鹰	bird wise 睿智 鸟
🦤	dodo	渡渡鸟	extinction large Mauritius 毛里求斯 灭绝
🪶	feather	羽毛	bird flight light plumage 轻 飞 鸟
🦩	flamingo	火烈鸟	flamboyant tropical 热带 艳丽
🦚	peacock	孔雀	bird ostentatious peahen proud 招摇 雌孔雀 骄傲 鸟
🦜	parrot	鹦鹉	bird pirate talk 剽窃 模仿 说话 鸟
🐸	frog	青蛙	face 头 脸
🐊	crocodile	鳄鱼	
🐢	turtle	龟	terrapin tortoise 乌龟 海龟
🦎	lizard	蜥蜴	reptile 爬行动物
🐍	snake	蛇	bearer Ophiuchus serpent zodiac 持票人 狡猾的人 蛇夫座 黄道十二宫
🐲	dragon face	龙头	fairy tale 龙
🐉	dragon	龙	fairy tale
🦕	sauropod	蜥蜴类	brachiosaurus brontosaurus diplodocus 梁龙 腕龙 雷龙
🦖	T-Rex	霸王龙	Tyrannosaurus Rex 暴龙君主
🐳	spouting whale	喷水的鲸	face 喷水 鲸
🐋	whale	鲸鱼	
🐬	dolphin	海豚	flipper 鸭脚板
🦭	seal	海豹	sea lion 海狮
🐟	fish	鱼	Pisces zodiac 双鱼座 黄道十二宫
🐠	tropical fish	热带鱼	热带 鱼
🐡	blowfish	河豚	fish 鱼
🦈	shark	鲨鱼	fish 鱼 鲨
🐙	octopus	章鱼	八爪 鱼
🐚	spiral shell	海螺	螺
🐌	snail	蜗牛	
🦋	butterfly	蝴蝶	insect pretty 昆虫 漂亮 美丽
🐛	bug	毛毛虫	insect 毛虫
🐜	ant	蚂蚁	insect
🐝	honeybee	蜜蜂	bee insect 勤劳
🪲	beetle	甲虫	bug insect 昆虫
🐞	lady beetle	瓢虫	insect ladybird ladybug 昆虫 母
🦗	cricket	蟋蟀	grasshopper 蛐蛐
🪳	cockroach	蟑螂	insect pest roach 害虫 昆虫
🕷️	spider	蜘蛛	insect
🕸️	spider web	蜘蛛网	蛛网
🦂	scorpion	蝎子	scorpio Scorpio zodiac 天蝎宫 天蝎座 黄道十二宫
🦟	mosquito	蚊子	disease fever malaria pest virus 发热 昆虫 疟疾 疾病 病毒
🪰	fly	苍蝇	disease maggot pest rotting 害虫 疾病 腐烂 蛆
🪱	worm	蠕虫	annelid earthworm parasite 寄生虫 环节动物 蚯蚓
🦠	microbe	细菌	amoeba bacteria virus 变形虫 病毒
💐	bouquet	花束	flower 鲜花
🌸	cherry blossom	樱花	flower 花
💮	white flower	白花	花
🏵️	rosette	圆形花饰	plant 花
🌹	rose	玫瑰	flower 花 玫瑰 鲜花
🥀	wilted flower	枯萎的花	花
🌺	hibiscus	芙蓉	flower 木槿 花
🌻	sunflower	向日葵	flower sun 太阳花 花
🌼	blossom	开花	flower 花
🌷	tulip	郁金香	flower 花
🌱	seedling	幼苗	young 发芽 芽 苗
🪴	potted plant	盆栽植物	boring grow house nurturing useless 培育 房子 枯燥 植物 生长
🌲	evergreen tree	松树	常青树 树
🌳	deciduous tree	落叶树	shedding 树 落叶 落叶植物
🌴	palm tree	棕榈树	
🌵	cactus	仙人掌	plant 沙漠
🌾	sheaf of rice	稻子	ear grain 稻 米 粮食
🌿	herb	药草	leaf 草药 香草
☘️	shamrock	三叶草	plant 苜蓿 酢浆草
🍀	four leaf clover	四叶草	4 four-leaf clover 幸运
🍁	maple leaf	枫叶	falling 加拿大 秋
🍂	fallen leaf	落叶	falling 叶 秋
🍃	leaf fluttering in wind	风吹叶落	blow flutter 叶子 树叶 随风飘舞
🍄	mushroom	蘑菇	toadstool`,
  food: `🍇	grapes	葡萄	fruit grape 水果
🍈	melon	甜瓜	fruit 水果 蜜瓜 香瓜
🍉	watermelon	西瓜	fruit 水果
🍊	tangerine	橘子	fruit orange 柑桔 桔子 水果
🍋	lemon	柠檬	citrus fruit 水果
🍌	banana	香蕉	fruit 水果
🍍	pineapple	菠萝	fruit 水果
🥭	mango	芒果	fruit tropical 水果 热带
🍎	red apple	红苹果	fruit 水果 红 苹果
🍏	green apple	青苹果	fruit 水果 苹果 青
🍐	pear	梨	fruit 水果
🍑	peach	桃	fruit 水果
🍒	cherries	樱桃	berries cherry fruit red 水果
🍓	strawberry	草莓	berry fruit 水果
🫐	blueberries	蓝莓	berry bilberry blue blueberry 越桔
🥝	kiwi fruit	猕猴桃	food 奇异果 水果 食物
🍅	tomato	西红柿	fruit vegetable 番茄 蔬菜
🫒	olive	橄榄	food 食物
🥥	coconut	椰子	palm piña colada 棕榈
🥑	avocado	鳄梨	food fruit 水果 牛油果 食物
🍆	eggplant	茄子	aubergine vegetable 蔬菜
🥔	potato	土豆	food vegetable 蔬菜 食物 马铃薯
🥕	carrot	胡萝卜	food vegetable 蔬菜 食物
🌽	ear of corn	玉米	maize maze 苞米
🌶️	hot pepper	红辣椒	辣椒
🫑	bell pepper	灯笼椒	capsicum vegetable 蔬菜 辣椒
🥒	cucumber	黄瓜	food pickle vegetable 泡菜 蔬菜 食物
🥬	leafy green	绿叶蔬菜	bok choy cabbage kale lettuce 圆白菜 小白菜 甘蓝 莴苣
🥦	broccoli	西兰花	wild cabbage 甘蓝
🧄	garlic	蒜	flavoring 佐料 大蒜 蒜头 调味
🧅	onion	洋葱	flavoring 佐料 调味
🥜	peanuts	花生	food nut peanut vegetable 坚果 蔬菜 食物
🌰	chestnut	栗子	plant
🍞	bread	面包	loaf
🥐	croissant	羊角面包	bread breakfast food french roll 新月形面包 法式 面包 食物
🥖	baguette bread	法式长棍面包	food french 法式 面包 食物
🫓	flatbread	扁面包	arepa lavash naan pita 圆盘状烤饼 玉米饼 皮塔饼 薄脆饼
🥨	pretzel	椒盐卷饼	twisted 扭曲食品
🥯	bagel	面包圈	bakery breakfast schmear 奶酪酱 烘烤食品
🥞	pancakes	烙饼	breakfast crêpe food hotcake pancake 煎饼 食物
🧇	waffle	华夫饼	breakfast indecisive iron 格子饼 点心 烤 窝夫饼
🧀	cheese wedge	芝士	奶酪 起司
🍖	meat on bone	排骨	肉 骨
🍗	poultry leg	家禽的腿	bone chicken drumstick 家禽 鸡肉 鸡腿
🥩	cut of meat	肉块	chop lambchop porkchop steak 排骨 牛排 猪排 羊排
🥓	bacon	培根	breakfast food meat 熏肉 肉 食物
🍔	hamburger	汉堡	burger 汉堡包
🍟	french fries	薯条	油炸
🍕	pizza	披萨	cheese slice
🌭	hot dog	热狗	frankfurter hotdog sausage
🥪	sandwich	三明治	bread 面包
🌮	taco	墨西哥卷饼	mexican 卷饼 墨西哥
🌯	burrito	墨西哥玉米煎饼	mexican wrap 卷饼 玉米煎饼 墨西哥
🫔	tamale	墨西哥粽子	mexican wrapped 粽子 墨西哥
🥙	stuffed flatbread	夹心饼	falafel food gyro kebab 夹心 沙拉三明治 肉夹馍 食物
🧆	falafel	炸豆丸子	chickpea meatball 中东蔬菜球 油炸鹰嘴豆饼 肉丸 鹰嘴豆
🥚	egg	蛋	breakfast food 食物
🍳	cooking	煎蛋	breakfast egg frying pan 平底锅 煎 蛋
🥘	shallow pan of food	装有食物的浅底锅	casserole paella 浅底 煎锅 食物
🍲	pot of food	一锅食物	stew 食物
🫕	fondue	奶酪火锅	cheese chocolate melted pot Swiss 奶酪 巧克力 瑞士 融化 锅
🥣	bowl with spoon	碗勺	breakfast cereal congee 早餐 粥 谷物
🥗	green salad	绿色沙拉	food 沙拉 食物
🍿	popcorn	爆米花	
🧈	butter	黄油	dairy 乳制品 牛奶
🧂	salt	盐	condiment shaker 佐料瓶 调味品
🥫	canned food	罐头食品	can 罐头
🍱	bento box	盒饭	便当
🍘	rice cracker	米饼	米果
🍙	rice ball	饭团	Japanese 日本
🍚	cooked rice	米饭	米 饭
🍛	curry rice	咖喱饭	咖喱 饭
🍜	steaming bowl	面条	noodle ramen 拉面 热气腾腾 碗
🍝	spaghetti	意粉	pasta 意大利面 意面
🍠	roasted sweet potato	烤红薯	地瓜 烤地瓜 红薯
🍢	oden	关东煮	kebab seafood skewer stick 串 海鲜
🍣	sushi	寿司	
🍤	fried shrimp	天妇罗	prawn tempura 炸虾
🍥	fish cake with swirl	鱼板	pastry
🥮	moon cake	月饼	autumn festival yuèbǐng 秋天 节日
🍡	dango	团子	dessert Japanese skewer stick sweet 串 日本 甜点
🥟	dumpling	饺子	empanada gyōza jiaozi pierogi potsticker 水饺 煎饺
🥠	fortune cookie	幸运饼干	prophecy 预言
🥡	takeout box	外卖盒	oyster pail 外卖包装 外卖桶 牡蛎桶
🦀	crab	蟹	Cancer zodiac 巨蟹座 螃蟹 黄道十二宫
🦞	lobster	龙虾	bisque claws seafood 浓汤 海鲜 钳
🦐	shrimp	虾	food shellfish small 甲壳 食物
🦑	squid	乌贼	food molusc 软体动物 食物 鱿鱼 墨鱼
🦪	oyster	牡蛎	diving pearl 海鲜 珍珠 生蚝
🍦	soft ice cream	圆筒冰激凌	dessert icecream sweet 圆筒冰淇淋
🍧	shaved ice	刨冰	dessert sweet 冰 冰沙 甜点
🍨	ice cream	冰淇淋	dessert sweet 冰 冰激凌 甜点
🍩	doughnut	甜甜圈	breakfast dessert donut sweet 甜点
🍪	cookie	饼干	dessert sweet 曲奇
🎂	birthday cake	生日蛋糕	celebration dessert pastry sweet 庆祝 生日 蛋糕 生日快乐
🍰	shortcake	水果蛋糕	cake dessert pastry slice sweet 甜点 蛋糕
🧁	cupcake	纸杯蛋糕	bakery sweet 烘焙食品 甜点
🥧	pie	派	filling pastry 油酥点心 糕点
🍫	chocolate bar	巧克力	dessert sweet 甜品 甜点
🍬	candy	糖	dessert sweet 糖果
🍭	lollipop	棒棒糖	candy dessert sweet 糖
🍮	custard	奶黄	dessert pudding sweet 蛋奶冻 蛋奶沙司
🍯	honey pot	蜂蜜	honeypot sweet 蜜罐
🍼	baby bottle	奶瓶	drink milk 奶 婴儿
🥛	glass of milk	一杯奶	drink 奶 杯
☕	hot beverage	热饮	coffee drink steaming tea 咖啡 茶 饮料
🫖	teapot	茶壶	drink pot tea 壶 茶
🍵	teacup without handle	热茶	beverage cup drink tea 杯 没有把手的茶杯 茶 饮料
🍶	sake	清酒	bar beverage bottle cup drink 瓶 酒杯 饮料
🍾	bottle with popping cork	开香槟	bar drink 庆祝 木塞 瓶子 香槟
🍷	wine glass	葡萄酒	bar beverage drink 酒 酒杯
🍸	cocktail glass	鸡尾酒	bar drink 杯 酒
🍹	tropical drink	热带水果饮料	bar 饮料
🍺	beer mug	啤酒	bar drink 杯 酒
🍻	clinking beer mugs	干杯	bar clink drink mug 啤酒 碰杯 酒 干杯
🥂	clinking glasses	碰杯	celebrate clink drink glass 喝 庆祝 杯
🥃	tumbler glass	平底杯	liquor shot whisky 威士忌 杯 酒
🥤	cup with straw	带吸管杯	juice soda 果汁 苏打
🧋	bubble tea	珍珠奶茶	milk pearl 泡泡 牛奶 珍珠 茶
🧃	beverage box	饮料盒	juice straw sweet 吸管 果汁盒 盒装
🧉	mate	马黛茶	drink 茶 饮料
🧊	ice	冰块	cold ice cube iceberg 冰山 冷却 冷饮
🥢	chopsticks	筷子	hashi 箸
🍽️	fork and knife with plate	餐具	cooking 刀 叉 盘
🍴	fork and knife	刀叉	cooking cutlery 刀 叉 餐具
🥄	spoon	匙	tableware 匙子 汤匙 调羹 餐具
🔪	kitchen knife	菜刀	cooking hocho tool weapon 刀 武器 烹饪
🏺	amphora	双耳瓶	Aquarius cooking drink jug zodiac 壶 罐`,
  travel: `🌍	globe showing Europe-Africa	地球上的欧洲非洲	Africa earth Europe world 世界 地球 欧洲 非洲
🌎	globe showing Americas	地球上的美洲	earth world 世界 地球 美洲
🌏	globe showing Asia-Australia	地球上的亚洲澳洲	Asia Australia earth world 世界 亚洲 地球 澳洲
🌐	globe with meridians	带经纬线的地球	earth world 世界 地球 子午线 经纬
🗺️	world map	世界地图	世界 地图
🗾	map of Japan	日本地图	地图 日本
🧭	compass	指南针	magnetic navigation orienteering 定向 导航 磁性
🏔️	snow-capped mountain	雪山	cold snow 冷 山 雪
⛰️	mountain	山	
🌋	volcano	火山	eruption mountain 喷发 山 爆发
🗻	mount fuji	富士山	mountain 山
🏕️	camping	露营	帐篷
🏖️	beach with umbrella	沙滩伞	伞 沙滩
🏜️	desert	沙漠	荒漠
🏝️	desert island	无人荒岛	荒岛
🏞️	national park	国家公园	公园 自然 风景
🏟️	stadium	体育馆	
🏛️	classical building	古典建筑	古典 古建筑
🏗️	building construction	施工	
🧱	brick	砖	bricks clay mortar wall 墙 砂浆 黏土
🪨	rock	岩石	boulder heavy solid stone 固体 巨石 石头
🪵	wood	木头	log lumber timber 原木 木材
🛖	hut	小屋	house roundhouse yurt 圆屋 蒙古包
🏘️	houses	房屋建筑	住宅 房
🏚️	derelict house	废墟	荒宅 荒废 鬼屋
🏠	house	房子	home 家
🏡	house with garden	别墅	home 家 房子 花园
🏢	office building	办公楼	写字楼
🏣	Japanese post office	日本邮局	日本 邮局
🏤	post office	邮局	European 欧洲
🏥	hospital	医院	doctor medicine 医生 看病
🏦	bank	银行	building
🏨	hotel	酒店	building 旅馆
🏩	love hotel	情人酒店	情人旅馆 情侣酒店
🏪	convenience store	便利店	商店
🏫	school	学校	building 教学楼
🏬	department store	商场	百货商店
🏭	factory	工厂	building
🏯	Japanese castle	日本城堡	城堡 日本
🏰	castle	欧洲城堡	European 城堡 欧洲
💒	wedding	婚礼	chapel romance 教堂 浪漫 结婚
🗼	Tokyo tower	东京塔	东京 塔
🗽	Statue of Liberty	自由女神像	liberty statue 自由 雕塑
⛪	church	教堂	Christian cross religion 基督 宗教
🕌	mosque	清真寺	islam Muslim religion 伊斯兰 宗教 穆斯林
🛕	hindu temple	印度寺庙	佛寺 佛教 寺庙 寺院 庙宇
🕍	synagogue	犹太教堂	Jew Jewish religion temple 会堂 宗教 犹太
⛩️	shinto shrine	神社	religion 宗教 日本 神道教
🕋	kaaba	克尔白	islam Muslim religion 伊斯兰 天房 宗教 穆斯林
⛲	fountain	喷泉	
⛺	tent	帐篷	camping 露营
🌁	foggy	有雾	fog 雾 霾
🌃	night with stars	夜晚	star 星空 晚上
🏙️	cityscape	城市风光	city 都市 都市景观 高楼大厦
🌄	sunrise over mountains	山顶日出	morning mountain sun 太阳 山 日出 清晨
🌅	sunrise	日出	morning sun 太阳 清晨
🌆	cityscape at dusk	城市黄昏	city evening landscape sunset 夜晚 日落 都市 黄昏
🌇	sunset	日落	dusk sun 夕阳
🌉	bridge at night	夜幕下的桥	晚上 桥
♨️	hot springs	温泉	hotsprings steaming 水 泉 热气腾腾
🎠	carousel horse	旋转木马	木马 游乐园
🎡	ferris wheel	摩天轮	amusement park 游乐园
🎢	roller coaster	过山车	amusement park 游乐园
💈	barber pole	理发店	haircut 旋转 柱 理发
🎪	circus tent	马戏团帐篷	帐篷 马戏团
🚂	locomotive	蒸汽火车	engine railway steam train 火车 蒸汽
🚃	railway car	轨道车	electric train tram trolleybus 电车
🚄	high-speed train	高速列车	railway shinkansen speed 动车 新干线 火车 高铁
🚅	bullet train	子弹头高速列车	railway shinkansen speed 动车 新干线 火车 高速 高铁
🚆	train	火车	railway 铁路
🚇	metro	地铁	subway
🚈	light rail	轻轨	railway 火车
🚉	station	车站	railway train 火车 铁路
🚊	tram	路面电车	trolleybus 电车
🚝	monorail	单轨	vehicle 火车
🚞	mountain railway	山区铁路	car 山区 火车 铁路
🚋	tram car	有轨电车	trolleybus
🚌	bus	公交车	vehicle 公共汽车 大巴
🚍	oncoming bus	迎面驶来的公交车	公共汽车 大巴 迎面驶来
🚎	trolleybus	无轨电车	bus tram trolley 电车
🚐	minibus	小巴	bus 公共汽车
🚑	ambulance	救护车	vehicle 急救
🚒	fire engine	消防车	truck 救火车
🚓	police car	警车	patrol 警察 巡逻
🚔	oncoming police car	迎面驶来的警车	警察 警车
🚕	taxi	出租车	vehicle 的士
🚖	oncoming taxi	迎面驶来的出租车	出租车 的士
🚗	automobile	汽车	car 轿车
🚘	oncoming automobile	迎面驶来的汽车	car 轿车
🚙	sport utility vehicle	运动型多用途车	recreational sport utility SUV 休闲车
🛻	pickup truck	敞蓬小型载货卡车	pick-up 卡车 载货
🚚	delivery truck	货车	卡车
🚛	articulated lorry	铰接式货车	semi truck 卡车 拖车
🚜	tractor	拖拉机	vehicle
🏎️	racing car	赛车	跑车
🏍️	motorcycle	摩托车	racing 摩托
🛵	motor scooter	小型摩托车	
🦽	manual wheelchair	手动轮椅	accessibility 无障碍 轮椅
🦼	motorized wheelchair	电动轮椅	accessibility 无障碍 轮椅
🛺	auto rickshaw	三轮摩托车	tuk tuk 三脚鸡 三蹦子 嘟嘟车 自动人力车
🚲	bicycle	自行车	bike 单车 脚踏车
🛴	kick scooter	滑板车	
🛹	skateboard	滑板	board 板
🛼	roller skate	四轮滑冰鞋	滑冰 轮式
🚏	bus stop	公交车站	公交站 公共汽车站
🛣️	motorway	高速公路	highway road 公路
🛤️	railway track	铁轨	train 火车 铁路
🛢️	oil drum	石油桶	桶
⛽	fuel pump	油泵	diesel fuelpump gas station 加油站 柴油 燃油
🚨	police car light	警车灯	beacon revolving 灯 警报 警灯 警示
🚥	horizontal traffic light	横向的红绿灯	signal 交通灯 信号灯 红绿灯
🚦	vertical traffic light	纵向的红绿灯	signal 交通灯 信号灯 红绿灯
🛑	stop sign	停止标志	octagonal 八边形 标志
🚧	construction	路障	barrier 施工
⚓	anchor	锚	ship tool 停泊 船
⛵	sailboat	帆船	boat resort sea yacht 船
🛶	canoe	独木舟	boat
🚤	speedboat	快艇	boat 船
🛳️	passenger ship	客轮	客船
⛴️	ferry	渡轮	boat passenger 渡船 轮船
🛥️	motor boat	摩托艇	motorboat 船
🚢	ship	船	boat passenger
✈️	airplane	飞机	aeroplane
🛩️	small airplane	小型飞机	aeroplane 飞机
🛫	airplane departure	航班起飞	aeroplane check-in departures 值机 登机 起飞
🛬	airplane arrival	航班降落	aeroplane arrivals arriving landing 到达 降落
🪂	parachute	降落伞	hang-glide parasail skydive 帆伞 悬挂滑翔 滑翔 滑翔伞 跳伞
💺	seat	座位	chair 椅子
🚁	helicopter	直升机	vehicle 直升飞机
🚟	suspension railway	空轨	悬挂 空中轨道列车
🚠	mountain cableway	缆车	cable gondola 空中 索道
🚡	aerial tramway	索道	cable car gondola 空中 缆车
🛰️	satellite	卫星	space 太空
🚀	rocket	火箭	space 太空
🛸	flying saucer	飞碟	UFO UFO 不明飞行物
🛎️	bellhop bell	服务铃	hotel 酒店 铃
🧳	luggage	行李箱	packing travel 包装 旅行
⌛	hourglass done	沙漏	sand timer 计时器
⏳	hourglass not done	沙正往下流的沙漏	sand timer 计时器
⌚	watch	手表	clock 表
⏰	alarm clock	闹钟	钟
⏱️	stopwatch	秒表	clock 码表 计时器
⏲️	timer clock	定时器	计时器
🕰️	mantelpiece clock	座钟	台钟 壁炉钟
🕛	twelve o’clock	十二点	00 12 12:00 clock 12:00
🕧	twelve-thirty	十二点半	12 12:30 clock thirty twelve 12:30
🕐	one o’clock	一点	00 1 1:00 clock 1:00
🕜	one-thirty	一点半	1 1:30 clock one thirty 1:30
🕑	two o’clock	两点	00 2 2:00 clock 2:00
🕝	two-thirty	两点半	2 2:30 clock thirty two 2:30
🕒	three o’clock	三点	00 3 3:00 clock 3:00
🕞	three-thirty	三点半	3 3:30 clock thirty three 3:30
🕓	four o’clock	四点	00 4 4:00 clock 4:00
🕟	four-thirty	四点半	4 4:30 clock four thirty 4:30
🕔	five o’clock	五点	00 5 5:00 clock 5:00
🕠	five-thirty	五点半	5 5:30 clock five thirty 5:30
🕕	six o’clock	六点	00 6 6:00 clock 6:00
🕡	six-thirty	六点半	6 6:30 clock six thirty 6:30
🕖	seven o’clock	七点	00 7 7:00 clock 7:00
🕢	seven-thirty	七点半	7 7:30 clock seven thirty 7:30
🕗	eight o’clock	八点	00 8 8:00 clock 8:00
🕣	eight-thirty	八点半	8 8:30 clock eight thirty 8:30
🕘	nine o’clock	九点	00 9 9:00 clock 9:00
🕤	nine-thirty	九点半	9 9:30 clock nine thirty 9:30
🕙	ten o’clock	十点	00 10 10:00 clock 10:00
🕥	ten-thirty	十点半	10 10:30 clock ten thirty 10:30
🕚	eleven o’clock	十一点	00 11 11:00 clock 11:00
🕦	eleven-thirty	十一点半	11 11:30 clock eleven thirty 11:30
🌑	new moon	朔月	dark 新月 月亮
🌒	waxing crescent moon	娥眉月	三日月 弯月 月亮 眉月
🌓	first quarter moon	上弦月	月亮
🌔	waxing gibbous moon	盈凸月	月亮
🌕	full moon	满月	月亮 望月
🌖	waning gibbous moon	亏凸月	月亮
🌗	last quarter moon	下弦月	月亮
🌘	waning crescent moon	残月	亏眉月 弯月 月亮
🌙	crescent moon	弯月	娥眉月 月亮
🌚	new moon face	微笑的朔月	月亮 朔月
🌛	first quarter moon face	微笑的上弦月	月亮 蛾眉月
🌜	last quarter moon face	微笑的下弦月	月亮 残月
🌡️	thermometer	温度计	weather 天气 气温
☀️	sun	太阳	bright rays sunny 晴 晴天
🌝	full moon face	微笑的月亮	bright 月亮 望月 满月
🌞	sun with face	微笑的太阳	bright 太阳
🪐	ringed planet	有环行星	saturn saturnine 土星
⭐	star	星星	五角星
🌟	glowing star	闪亮的星星	glittery glow shining sparkle 发光 星星
🌠	shooting star	流星	falling
🌌	milky way	银河	space 星空
☁️	cloud	云	weather 阴
⛅	sun behind cloud	阴	乌云蔽日 多云
⛈️	cloud with lightning and rain	雷阵雨	thunder 阵雨 雨
🌤️	sun behind small cloud	晴偶有云	云 太阳 少云
🌥️	sun behind large cloud	多云	云 太阳
🌦️	sun behind rain cloud	晴转雨	云 太阳 雨
🌧️	cloud with rain	下雨	云 雨
🌨️	cloud with snow	下雪	cold 云 雪
🌩️	cloud with lightning	打雷	云 闪电 雷
🌪️	tornado	龙卷风	cloud whirlwind 云 旋风
🌫️	fog	雾	cloud 霾
🌬️	wind face	大风	blow cloud 狂风
🌀	cyclone	台风	dizzy hurricane twister typhoon 旋风 飓风
🌈	rainbow	彩虹	rain
🌂	closed umbrella	收起的伞	clothing rain 伞 雨 雨伞
☂️	umbrella	伞	clothing rain 雨 雨伞
☔	umbrella with rain drops	雨伞	clothing drop 下雨 雨滴
⛱️	umbrella on ground	阳伞	rain sun 伞
⚡	high voltage	高压	danger electric lightning zap 危险 有电 闪电
❄️	snowflake	雪花	cold snow 冷 雪
☃️	snowman	雪与雪人	cold snow 雪 雪人
⛄	snowman without snow	雪人	cold
☄️	comet	彗星	space 太空
🔥	fire	火焰	flame tool 火 厉害
💧	droplet	水滴	cold comic drop sweat 冷 水
🌊	water wave	浪花	ocean 波浪 海洋`,
  activities: `🎃	jack-o-lantern	南瓜灯	celebration halloween jack lantern 万圣节 庆祝 灯笼
🎄	Christmas tree	圣诞树	celebration 圣诞 庆祝 树
🎆	fireworks	焰火	celebration 庆祝 烟花
🎇	sparkler	烟花	celebration fireworks sparkle 庆祝 火花 烟火 焰火
🧨	firecracker	爆竹	dynamite explosive fireworks 炸药 烟花 爆炸
✨	sparkles	闪亮	* sparkle star 星星 火花 闪光 闪耀
🎈	balloon	气球	celebration 庆祝
🎉	party popper	拉炮彩带	celebration tada 庆祝 彩带 派对 派对礼宾花 恭喜
🎊	confetti ball	五彩纸屑球	celebration 庆祝 球
🎋	tanabata tree	七夕树	banner celebration Japanese 七夕 庆祝 日本 树
🎍	pine decoration	门松	bamboo celebration Japanese 庆祝 日本 松树 盆栽 竹
🎎	Japanese dolls	日本人形	celebration doll festival 人偶 庆祝 节日
🎏	carp streamer	鲤鱼旗	celebration 庆祝 日本 男孩节 长旗
🎐	wind chime	风铃	bell celebration 庆祝 铃铛
🎑	moon viewing ceremony	赏月	celebration 中秋 庆祝 月亮
🧧	red envelope	红包	gift good luck hóngbāo lai see money 利是 礼物 运气 钱 发财 新年
🎀	ribbon	蝴蝶结	celebration 丝带 庆祝 缎带
🎁	wrapped gift	礼物	box celebration present 包装 庆祝 盒子 礼品
🎗️	reminder ribbon	提示丝带	celebration 丝带 庆祝 暗示
🎟️	admission tickets	入场券	ticket 票 门票
🎫	ticket	票	admission 入场券 电影票 车票 门票
🎖️	military medal	军功章	celebration 军队 勋章 奖章
🏆	trophy	奖杯	prize 奖励 奖品 奖赏
🏅	sports medal	奖牌	运动会奖牌
🥇	1st place medal	金牌	first gold 奖牌 第一
🥈	2nd place medal	银牌	second silver 奖牌 第二
🥉	3rd place medal	铜牌	bronze third 奖牌 第三
⚽	soccer ball	足球	football 球 英式足球
⚾	baseball	棒球	ball 球
🥎	softball	垒球	ball glove underarm 手套 球 腋下
🏀	basketball	篮球	ball hoop 球 篮筐
🏐	volleyball	排球	ball game 球
🏈	american football	美式橄榄球	ball 橄榄球 球
🏉	rugby football	英式橄榄球	ball 橄榄球 球
🎾	tennis	网球	ball racquet 球 球拍
🥏	flying disc	飞盘	ultimate 极限 极限运动 终极
🎳	bowling	保龄球	ball game 球
🏏	cricket game	板球	ball bat 球 球拍
🏑	field hockey	曲棍球	ball game stick 球 球棍
🏒	ice hockey	冰球	game puck stick 球 球棍
🥍	lacrosse	袋棍球	ball goal stick 球 球棍 球门
🏓	ping pong	乒乓球	ball bat game paddle table tennis 比赛 球 球拍
🏸	badminton	羽毛球	birdie game racquet shuttlecock 球拍
🥊	boxing glove	拳击手套	手套
🥋	martial arts uniform	练武服	judo karate martial arts taekwondo 制服 柔道 武术 空手道 跆拳道
🥅	goal net	球门	球网
⛳	flag in hole	高尔夫球洞	golf 高尔夫
⛸️	ice skate	滑冰	冰刀 溜冰
🎣	fishing pole	钓鱼竿	fish 鱼杆
🤿	diving mask	潜水面罩	scuba snorkeling 浮潜 深潜 潜水
🎽	running shirt	运动背心	athletics sash 上衣 跑步
🎿	skis	滑雪	ski snow 雪
🛷	sled	雪橇	sledge sleigh 乘雪橇 驾雪橇
🥌	curling stone	冰壶	game rock 冰上溜石 比赛 游戏
🎯	bullseye	正中靶心的飞镖	dart direct hit game hit target 命中 靶心 飞镖
🪀	yo-yo	悠悠球	fluctuate toy 上下起落 玩具
🪁	kite	风筝	fly soar 翱翔 飞翔
🔫	water pistol	水枪	gun handgun revolver tool weapon 工具 左轮 手枪 枪 武器
🎱	pool 8 ball	台球	billiard eight game 8 球制桌球 游戏 霹雳八球
🔮	crystal ball	水晶球	fairy tale fantasy fortune tool 命运 工具 水晶 球 财富
🪄	magic wand	魔棒	witch wizard 女巫 巫师 魔法
🎮	video game	游戏手柄	controller 手柄 电子游戏
🕹️	joystick	游戏操控杆	game video game 操控杆 电子游戏
🎰	slot machine	老虎机	game 游戏 角子机 赌博
🎲	game die	骰子	dice 色子
🧩	puzzle piece	拼图	clue interlocking jigsaw 图片 智力游戏 线索 联锁
🧸	teddy bear	泰迪熊	plaything plush stuffed toy 填充 毛绒玩具 玩偶 玩具
🪅	piñata	彩罐	celebration party 庆祝 聚会
🪆	nesting dolls	套娃	doll russia 俄罗斯套娃 娃娃
♠️	spade suit	黑桃	card game 扑克 牌 葵扇
♥️	heart suit	红桃	card game 扑克 牌 红心
♦️	diamond suit	方片	card game 扑克 方块 牌
♣️	club suit	梅花	card game 扑克 牌 草花
♟️	chess pawn	兵	dupe expendable 受骗者 国际象棋 牺牲品
🃏	joker	大小王	card game wildcard 大王 小王 扑克 牌 鬼牌
🀄	mahjong red dragon	红中	game 麻将
🎴	flower playing cards	花札	card game Japanese 卡牌 日本 游戏 花牌
🎭	performing arts	表演艺术	art mask theater theatre 剧院 戏剧 艺术 表演 面具
🖼️	framed picture	带框的画	art frame museum painting 博物馆 框 画 艺术
🎨	artist palette	调色盘	art museum painting 博物馆 画画 艺术 调色板
🧵	thread	线	needle sewing spool string 线轴 绳子 缝纫 针
🪡	sewing needle	缝合针	embroidery stitches sutures tailoring 绣花针 缝合 缝纫 缝线 裁剪
🧶	yarn	毛线	ball crochet knit 毛线球 编织 钩针编织物
🪢	knot	结	rope tangled tie twine twist 打结 绳子 缠结 麻线`,
  objects: `👓	glasses	眼镜	clothing eye eyeglasses eyewear 服饰 眼睛
🕶️	sunglasses	墨镜	dark eye eyewear glasses 太阳镜
🥽	goggles	护目镜	eye protection swimming welding 护眼 游泳 焊接
🥼	lab coat	白大褂	doctor experiment scientist 医生 实验人员 科学家
🦺	safety vest	救生衣	emergency 安全 紧急 背心 逃生
👔	necktie	领带	clothing tie 衬衫领带
👕	t-shirt	T恤	clothing shirt tshirt 恤衫
👖	jeans	牛仔裤	clothing pants trousers 裤子
🧣	scarf	围巾	neck
🧤	gloves	手套	hand
🧥	coat	外套	jacket 夹克
🧦	socks	袜子	stocking 短袜 长袜
👗	dress	连衣裙	clothing 衣服
👘	kimono	和服	clothing 日本
🥻	sari	纱丽	clothing dress 印度 披肩 衣服
🩱	one-piece swimsuit	连体泳衣	bathing suit 一片式 泳衣 泳装 游泳
🩲	briefs	三角裤	bathing suit one-piece swimsuit underwear 一片式 内裤 泳衣 泳装 短裤
🩳	shorts	短裤	bathing suit pants underwear 内裤 四角裤 泳衣 泳装 裤子
👙	bikini	比基尼	clothing swim 三点式 泳装
👚	woman’s clothes	女装	clothing woman 女 衣服
👛	purse	钱包	clothing coin
👜	handbag	手提包	bag clothing purse 挎包
👝	clutch bag	手袋	clothing pouch 包 手拿包
🛍️	shopping bags	购物袋	bag hotel 包 袋 逛街
🎒	backpack	书包	bag rucksack satchel school 包
🩴	thong sandal	夹趾凉鞋	beach sandals sandals thong sandals thongs zōri 凉鞋 沙滩凉鞋 草屡
👞	man’s shoe	男鞋	clothing man 鞋
👟	running shoe	跑鞋	athletic clothing sneaker 运动鞋 鞋
🥾	hiking boot	登山鞋	backpacking camping 徒步 登山 远足野营 露营
🥿	flat shoe	平底鞋	ballet flat slip-on slipper 一脚蹬 便鞋 平底芭蕾舞鞋
👠	high-heeled shoe	高跟鞋	clothing heel woman 女 鞋
👡	woman’s sandal	女式凉鞋	clothing shoe woman 凉鞋 女
🩰	ballet shoes	芭蕾舞鞋	dance 舞蹈 舞鞋 足尖鞋 跳舞
👢	woman’s boot	女靴	clothing shoe woman 女 靴子
👑	crown	皇冠	clothing king queen 王冠
👒	woman’s hat	女帽	clothing woman 女 帽子
🎩	top hat	礼帽	clothing tophat 帽子 高帽
🎓	graduation cap	毕业帽	celebration clothing hat 四方帽
🧢	billed cap	鸭舌帽	baseball cap 棒球帽
🪖	military helmet	军用头盔	army soldier warrior 军用 军队 士兵 头盔 战士
⛑️	rescue worker’s helmet	白十字头盔	aid cross face hat 十字 头盔 安全帽
📿	prayer beads	念珠	clothing necklace religion 宗教 珠子 祈祷 项链
💄	lipstick	唇膏	cosmetics makeup 化妆品 口红
💍	ring	戒指	diamond 钻戒
💎	gem stone	宝石	diamond jewel 钻石
🔇	muted speaker	已静音的扬声器	mute quiet silent 安静 扬声器 扬声器关闭 无声 静音
🔈	speaker low volume	低音量的扬声器	soft 小声 小音量 扬声器 轻声
🔉	speaker medium volume	中等音量的扬声器	中等 中等音量 扬声器
🔊	speaker high volume	高音量的扬声器	loud 大声 大音量 扬声器
📢	loudspeaker	喇叭	loud public address 公共广播 大声 广播 通知
📣	megaphone	扩音器	cheering 呼喊 喇叭筒 大声 通知
📯	postal horn	邮号	post 号 号角 喇叭 邮政
🔔	bell	铃铛	叮当 响铃
🔕	bell with slash	禁止响铃	forbidden mute quiet silent 响铃关闭 安静 无声 静音
🎼	musical score	乐谱	music 五线谱 音乐 音符
🎵	musical note	音符	music 乐谱 五线谱 八分音符 音乐
🎶	musical notes	多个音符	music note 乐谱 五线谱 八分音符 音乐 音符
🎙️	studio microphone	录音室麦克风	mic music 录音室 音乐 麦 麦克 麦克风
🎚️	level slider	电平滑块	music 滑块 电平 调节 音乐
🎛️	control knobs	控制旋钮	music 控制 旋钮 调节 音乐
🎤	microphone	麦克风	karaoke mic 卡拉OK 唱K 唱歌 麦 麦克
🎧	headphone	耳机	earbud 头戴式耳机
📻	radio	收音机	video 广播 广播电台 无线电 电台
🎷	saxophone	萨克斯管	instrument music sax 乐器 吹奏 演奏 音乐
🪗	accordion	手风琴	concertina squeeze box 六角形风琴 风琴
🎸	guitar	吉他	instrument music 乐器 弹奏 演奏 音乐
🎹	musical keyboard	音乐键盘	instrument music piano 乐器 弹奏 演奏 钢琴 音乐
🎺	trumpet	小号	instrument music 乐器 吹奏 喇叭 音乐
🎻	violin	小提琴	instrument music 乐器 提琴 演奏 音乐
🪕	banjo	班卓琴	music stringed 弦乐器 弹奏 音乐
🥁	drum	鼓	drumsticks music 音乐 鼓声 鼓槌
🪘	long drum	长鼓	beat conga rhythm 康加鼓 敲 节奏 鼓
📱	mobile phone	手机	cell telephone 手提电话 智能手机 电话 移动
📲	mobile phone with arrow	带有箭头的手机	cell receive 手机 接收 智能手机 来电
☎️	telephone	电话	phone 固定电话 固话 座机
📞	telephone receiver	电话听筒	phone 固定电话 固话 座机 电话
📟	pager	寻呼机	BB 机 传呼机 呼机
📠	fax machine	传真机	传真 传真号 发传真
🔋	battery	电池	正极 电极 电源 蓄电池 负极
🔌	electric plug	电源插头	electricity 插头 电插头 电源 电线
💻	laptop	笔记本电脑	computer pc personal PC 个人电脑 手提电脑 电脑
🖥️	desktop computer	台式电脑	PC 个人电脑 显示器 显示屏 计算机
🖨️	printer	打印机	computer 印刷机 喷墨打印 复印 扫描 激光打印
⌨️	keyboard	键盘	computer 打字 按键 电脑 输入
🖱️	computer mouse	电脑鼠标	有线鼠标 激光鼠标 点击 点按 电脑
🖲️	trackball	轨迹球	computer 有线鼠标 电脑 追踪球 鼠标
💽	computer disk	电脑光盘	minidisk optical minidisk mini光盘 光盘 迷你光碟 迷你唱片
💾	floppy disk	软盘	computer 3.5英寸 便携 存储 磁盘
💿	optical disk	光盘	CD computer cd 专辑 存储 影片 音乐
📀	dvd	DVD	Blu-ray computer disk DVD optical dvd 光盘 光碟 影片 音乐
🧮	abacus	算盘	calculation 计算
🎥	movie camera	电影摄影机	cinema 摄像机 摄录机 摄影 摄影机 电影
🎞️	film frames	影片帧	cinema movie 帧 电影 电影胶片 胶卷 胶片
📽️	film projector	电影放映机	cinema movie video 影片 投影仪 放映机 电影 视频
🎬	clapper board	场记板	movie 场记 打板 拍电影
📺	television	电视机	tv video 电视 看电视 视频 节目
📷	camera	相机	video 卡片相机 拍照 摄影 照片 照相机
📸	camera with flash	开闪光灯的相机	video 拍照 相机 闪光灯 闪光灯打开
📹	video camera	摄像机	录像 录影 拍摄 摄影机 视频
📼	videocassette	录像带	tape vhs video VHS 录影带 磁带
🔍	magnifying glass tilted left	左斜的放大镜	search tool 工具 搜索 放大 放大镜 查找
🔎	magnifying glass tilted right	右斜的放大镜	search tool 工具 搜索 放大 放大镜 查找
🕯️	candle	蜡烛	light 光 烛光 烛火 照明 燃烧
💡	light bulb	灯泡	comic electric idea 主意 想法 电灯泡 白炽灯
🔦	flashlight	手电筒	electric light tool torch 光 工具 手电 照明 电筒
🏮	red paper lantern	红灯笼	bar light 光 喜庆 灯笼 节日
🪔	diya lamp	印度油灯	oil 排灯节 油 灯 迪亚
📔	notebook with decorative cover	精装笔记本	book decorated 封面 本子 笔记 笔记本 记录
📕	closed book	合上的书本	书 书本 合上
📖	open book	打开的书本	书 书本 打开 读书 阅读
📗	green book	绿色书本	书 书本 绿 绿色
📘	blue book	蓝色书本	书 书本 篮 蓝色
📙	orange book	橙色书本	书 书本 橙色
📚	books	书	book 书本 书籍 图书 学习
📓	notebook	笔记本	日记本 本子 笔记 记事本 记录
📒	ledger	账本	notebook 笔记本 记事本 记账 账簿
📃	page with curl	带卷边的页面	document 卷边 文书 文件 文档
📜	scroll	卷轴	paper 画卷 纸 纸卷 羊皮纸
📄	page facing up	文件	document 文书 文档
📰	newspaper	报纸	news paper 报道 新闻 看报 读报
🗞️	rolled-up newspaper	报纸卷	news paper rolled 卷起 卷起的报纸 报纸 新闻 纸
📑	bookmark tabs	标签页	mark marker 书签 有书签的页面
🔖	bookmark	书签	mark 标签 读书 阅读
🏷️	label	标签	吊牌 标记 行李牌
💰	money bag	钱袋	dollar moneybag 美元 钱 钱包
🪙	coin	硬币	gold metal money silver treasure 财富 金 金属 钱 银
💴	yen banknote	日元	bill currency money note 现金 货币 钞票 钱
💵	dollar banknote	美元	bill currency money note 现金 纸币 货币 钱
💶	euro banknote	欧元	bill currency money note 现金 货币 钞票 钱
💷	pound banknote	英镑	bill currency money note 现金 货币 钞票 钱
💸	money with wings	长翅膀的钱	banknote bill fly 纸币 翅膀 花钱 钱
💳	credit card	信用卡	money 借记卡 刷卡 卡 贷记卡 银行卡
🧾	receipt	收据	accounting bookkeeping evidence proof 凭据 发票 记账 证明 账单
💹	chart increasing with yen	趋势向上且带有日元符号的图表	graph growth money 上扬 上涨 日元汇率 货币升值图表 走势
✉️	envelope	信封	email letter 信件 信息 来信 邮件
📧	e-mail	电子邮件	email letter mail 信封 邮件
📨	incoming envelope	来信	e-mail email letter receive 接收 收信 收到来信 收到邮件 电子邮件
📩	envelope with arrow	收邮件	e-mail email outgoing 信件 信封 发信 发出 发送 发邮件 邮件
📤	outbox tray	发件箱	box letter mail sent 信件 发信 发送 发邮件 邮件
📥	inbox tray	收件箱	box letter mail receive 信件 接收 收信 收到邮件 邮件
📦	package	包裹	box parcel 快递 盒子 箱子 装货 运送
📫	closed mailbox with raised flag	有待收信件	mail postbox 信箱 旗标 有新信件
📪	closed mailbox with lowered flag	无待收信件	mail postbox 信箱 旗标 无新信件
📬	open mailbox with raised flag	有新信件	mail postbox 信箱 打开 旗标 有待收信件
📭	open mailbox with lowered flag	无新信件	mail postbox 信箱 旗标 无待收信件
📮	postbox	邮筒	mail mailbox 信 寄信 邮箱
🗳️	ballot box with ballot	投票箱	投票 选举 选票
✏️	pencil	铅笔	橡皮 橡皮擦 画画 画笔 笔 绘画
✒️	black nib	钢笔尖	pen 写字 硬笔 笔尖 钢笔
🖋️	fountain pen	钢笔	写字 硬笔 笔
🖊️	pen	笔	ballpoint 原子笔 圆珠笔 油笔
🖌️	paintbrush	画笔	painting 刷 毛笔 画刷 笔刷
🖍️	crayon	蜡笔	油画棒 画棒
📝	memo	备忘录	pencil 便条 便条簿 便笺
💼	briefcase	公文包	公事包 包 手提包
📁	file folder	文件夹	办公 文件 文具 硬纸夹
📂	open file folder	打开的文件夹	办公 打开 文件 文具
🗂️	card index dividers	索引分隔文件夹	分隔 文件夹 索引
📅	calendar	日历	date 日期
📆	tear-off calendar	手撕日历	日历 日期
🗒️	spiral notepad	线圈本	note pad 文具 笔记本 记事本
🗓️	spiral calendar	线圈日历	pad 日历 日期 线圈
📇	card index	卡片索引	rolodex 卡片 卡牌索引 目录 索引
📈	chart increasing	趋势向上的图表	graph growth trend upward 上升 上涨 上涨图表 向上 图表
📉	chart decreasing	趋势向下的图表	down graph trend 下跌 下跌图表 下降 向下 图表
📊	bar chart	条形图	graph 图表 柱形图 直方图
📋	clipboard	剪贴板	写字板 剪贴簿 夹子 纸张
📌	pushpin	图钉	pin 固定 按钉
📍	round pushpin	圆图钉	pin 固定 图钉
📎	paperclip	回形针	万字夹 回纹针 曲别针 纸夹
🖇️	linked paperclips	连起来的两个回形针	link paperclip 万字夹 回形针 回纹针 曲别针 纸夹
📏	straight ruler	直尺	straight edge 尺 尺子 文具 测量 长度
📐	triangular ruler	三角尺	set triangle 三角 尺 文具 测量 角度
✂️	scissors	剪刀	cutting tool 修剪 剪 剪子 剪裁 工具
🗃️	card file box	卡片盒	存档 标签 档案 箱 索引
🗄️	file cabinet	文件柜	filing 存档 归档 收纳 柜 档案
🗑️	wastebasket	垃圾桶	垃圾 垃圾篓 废纸篓
🔒	locked	合上的锁	closed 上锁 锁 锁住 锁定
🔓	unlocked	打开的锁	lock open unlock 取消锁定 开锁 解锁 锁
🔏	locked with pen	墨水笔和锁	ink lock nib privacy 笔 笔尖 钢笔 锁 隐私
🔐	locked with key	钥匙和锁	closed lock secure 安全 钥匙 锁 锁上
🔑	key	钥匙	lock password 密码 密钥 开锁 解锁
🗝️	old key	老式钥匙	clue lock 古老的钥匙 旧钥匙 钥匙
🔨	hammer	锤子	tool 工具 敲 施工 砸 铁锤
🪓	axe	斧头	chop hatchet split wood 切 劈 木头 砍
⛏️	pick	铁镐	mining tool 工具 挖掘 采矿 锄头 鹤嘴锄
⚒️	hammer and pick	锤子与镐	tool 工具 铁锤 铁镐 锤子 镐子
🛠️	hammer and wrench	锤子与扳手	spanner tool 工具 扳手 铁锤 锤子
🗡️	dagger	匕首	knife weapon 武器 短刀
⚔️	crossed swords	交叉放置的剑	weapon 交叉 剑 双剑
💣	bomb	炸弹	comic 爆炸
🪃	boomerang	回旋镖	australia rebound repercussion 反弹 回弹 澳大利亚
🏹	bow and arrow	弓和箭	archer Sagittarius zodiac 射手 射箭 弓 箭
🛡️	shield	盾牌	weapon 武器 盾 防御
🪚	carpentry saw	木工锯	carpenter lumber tool 工具 木匠 木材 锯
🔧	wrench	扳手	spanner tool 工具 螺丝扳手
🪛	screwdriver	螺丝刀	screw tool 工具 螺丝
🔩	nut and bolt	螺母与螺栓	tool 工具 螺丝 螺帽 螺栓 螺母
⚙️	gear	齿轮	cog cogwheel tool 传动 工具 机械 零件
🗜️	clamp	夹钳	compress tool vice 夹具 工具 机械 紧固
⚖️	balance scale	天平	justice Libra zodiac 公平 公正 正义 法律
🦯	white cane	盲杖	accessibility blind 拐杖 无障碍 盲
🔗	link	链接	网址 链条 锁链
⛓️	chains	链条	chain 铁链 链 锁链
🪝	hook	挂钩	catch crook curve ensnare selling point 卖点 抓 曲线 钩状物
🧰	toolbox	工具箱	chest mechanic tool 工具 机修 箱子
🧲	magnet	磁铁	attraction horseshoe magnetic 吸引力 磁性 马蹄铁
🪜	ladder	梯子	climb rung step 台阶 梯级 横档 爬
⚗️	alembic	蒸馏器	chemistry tool 净化 化学 实验 工具
🧪	test tube	试管	chemist chemistry experiment lab science 化学 化学家 实验 实验室 科学
🧫	petri dish	培养皿	bacteria biologist biology culture lab 培养 实验室 生物学 生物学家 细菌
🧬	dna	DNA	biologist evolution gene genetics life 基因 生命 生物学家 进化 遗传学
🔬	microscope	显微镜	science tool 实验 工具 生物 科学 细胞
🔭	telescope	望远镜	science tool 天体 天文 天文学 工具 观星
📡	satellite antenna	卫星天线	dish 信号接收 卫星 卫星接收天线 卫星碟形天线 天线
💉	syringe	注射器	medicine needle shot sick 医学 打针 治疗 针头 针筒
🩸	drop of blood	血滴	bleed blood donation injury medicine menstruation 医疗 月经 献血 经血 输血
💊	pill	药丸	doctor medicine sick 吃药 治疗 药 药物
🩹	adhesive bandage	创可贴	OK绷 伤口 绷带 胶布
🩺	stethoscope	听诊器	doctor heart medicine 医生 医疗 心脏 心跳 诊断
🚪	door	门	出入口 大门 屋门 房门 房间
🛗	elevator	电梯	accessibility hoist lift 升降机 可达性
🪞	mirror	镜子	reflection reflector speculum 反射 反射镜 窥镜
🪟	window	窗户	frame fresh air opening transparent view 开窗 新鲜空气 景色 窗框 透明
🛏️	bed	床	hotel sleep 宾馆 床垫 床铺 睡眠 睡觉
🛋️	couch and lamp	沙发和灯	hotel 家 沙发 灯 阅读
🪑	chair	椅子	seat sit 坐 座位 椅背
🚽	toilet	马桶	WC 卫生间 厕所 洗手间
🪠	plunger	活塞	force cup plumber suction toilet 吸力 水管工 马桶
🚿	shower	淋浴	water 喷头 喷水 水 洗澡 花洒
🛁	bathtub	浴缸	bath 沐浴 泡沫浴 泡澡 洗澡 澡盆
🪤	mouse trap	捕鼠器	bait mousetrap snare 诱饵 陷进
🪒	razor	剃须刀	sharp shave 刀 刮 毛 胡子 锋利
🧴	lotion bottle	乳液瓶	moisturizer shampoo sunscreen 乳液 护肤霜 洗发水 防晒霜
🧷	safety pin	安全别针	diaper punk rock 别针 扣针
🧹	broom	扫帚	cleaning sweeping witch 女巫 打扫 扫地
🧺	basket	筐	farming laundry picnic 农作 脏衣篮 野餐
🧻	roll of paper	卷纸	paper towels toilet paper 卫生纸 纸巾
🪣	bucket	桶	cask pail vat 大桶 木桶 水桶 缸
🧼	soap	皂	bar bathing cleaning lather soapdish 杀菌 洗手 清洁 肥皂泡 肥皂盒
🪥	toothbrush	牙刷	bathroom brush clean dental hygiene teeth 刷 卫生 情节 浴室 牙科 牙齿
🧽	sponge	海绵	absorbing cleaning porous 吸水 清洁 渗透
🧯	fire extinguisher	灭火器	extinguish quench 火灾 灭火
🛒	shopping cart	购物车	trolley 手推车 采购
🚬	cigarette	香烟	smoking 卷烟 吸烟 抽烟 烟 烟草
⚰️	coffin	棺材	death 埋葬 死亡 灵柩 葬礼 陵墓
🪦	headstone	墓碑	cemetery grave graveyard tombstone 公墓 墓园 墓地
⚱️	funeral urn	骨灰缸	ashes death 瓮 缸 葬礼
🧿	nazar amulet	纳扎尔护身符	bead charm evil-eye talisman 小装饰品 恶魔之眼 护身符 珠子 纳扎尔
🗿	moai	摩埃	face moyai statue 复活岛 复活节岛 复活节岛石像 摩艾 摩艾石像 毛埃
🪧	placard	标语牌	demonstration picket protest sign 布告 标志 海报 示威 纠察队标语牌 警戒哨`,
  symbols: `🏧	ATM sign	取款机	automated bank teller 柜员机 标识 银行
🚮	litter in bin sign	倒垃圾	litter bin 垃圾丢弃处 垃圾入篓
🚰	potable water	饮用水	drinking 喝水 接水 水 水龙头
♿	wheelchair symbol	轮椅标识	access 无障碍 残疾 残障 轮椅 轮椅符号
🚹	men’s room	男厕	bathroom lavatory man restroom toilet WC 卫生间 厕所 洗手间 男士
🚺	women’s room	女厕	bathroom lavatory restroom toilet WC woman 卫生间 厕所 女士 洗手间
🚻	restroom	卫生间	bathroom lavatory toilet WC 厕所 洗手间
🚼	baby symbol	宝宝	changing 婴儿 母婴室
🚾	water closet	厕所	bathroom lavatory restroom toilet WC 卫生间 洗手间 盥洗室
🛂	passport control	护照检查	安检 检查 通行证
🛃	customs	海关	
🛄	baggage claim	提取行李	提取 行李
🛅	left luggage	寄存行李	baggage locker 寄存 行李
⚠️	warning	警告	
🚸	children crossing	儿童过街	child pedestrian traffic 交通 安全 指示牌 行人
⛔	no entry	禁止通行	forbidden not prohibited traffic 交通 请勿入内 请勿驶入
🚫	prohibited	禁止	entry forbidden no not 不准 不许 严禁 阻止
🚳	no bicycles	禁止自行车	bicycle bike forbidden prohibited 严禁 交通 非机动车
🚭	no smoking	禁止吸烟	forbidden not prohibited 严禁 抽烟
🚯	no littering	禁止乱扔垃圾	forbidden litter not prohibited 严禁 垃圾
🚱	non-potable water	非饮用水	non-drinking 水 非直饮水
🚷	no pedestrians	禁止行人通行	forbidden not pedestrian prohibited 严禁 行人
📵	no mobile phones	禁止使用手机	cell forbidden phone 严禁 电话
🔞	no one under eighteen	18禁	18 age restriction prohibited underage 未成年人不宜 禁止
☢️	radioactive	辐射	sign 放射性 标识
☣️	biohazard	生物危害	sign 动物 当心感染
⬆️	up arrow	向上箭头	cardinal direction north 北 方向 标识
↗️	up-right arrow	右上箭头	direction intercardinal northeast 东北 方向 标识
➡️	right arrow	向右箭头	cardinal direction east 东 方向 标识
↘️	down-right arrow	右下箭头	direction intercardinal southeast 东南 方向 标识
⬇️	down arrow	向下箭头	cardinal direction south 向下 基本 方位 正南 箭头
↙️	down-left arrow	左下箭头	direction intercardinal southwest 方向 标识 西南
⬅️	left arrow	向左箭头	cardinal direction west 方向 标识 西
↖️	up-left arrow	左上箭头	direction intercardinal northwest 方向 标识 西北
↕️	up-down arrow	上下箭头	上下 箭头
↔️	left-right arrow	左右箭头	左右 箭头
↩️	right arrow curving left	右转弯箭头	右转弯 向左弯曲的右箭头 箭头
↪️	left arrow curving right	左转弯箭头	向右弯曲的左箭头 左转弯 箭头
⤴️	right arrow curving up	右上弯箭头	右上弯 向上弯曲的右箭头 箭头
⤵️	right arrow curving down	右下弯箭头	右下弯 向下弯曲的右箭头 箭头
🔃	clockwise vertical arrows	顺时针垂直箭头	arrow reload 方向 标识 重新载入
🔄	counterclockwise arrows button	逆时针箭头按钮	anticlockwise arrow withershins 箭头 逆时针 逆时针箭头
🔙	BACK arrow	返回箭头	回退 箭头 返回
🔚	END arrow	结束箭头	箭头 结束
🔛	ON! arrow	ON! 箭头	mark ON ON 开始 标识 箭头
🔜	SOON arrow	SOON 箭头	箭头 马上
🔝	TOP arrow	置顶	up 向上 标识
🛐	place of worship	宗教场所	religion 地点 礼拜 祈祷
⚛️	atom symbol	原子符号	atheist 无神论 物质
🕉️	om	奥姆	Hindu religion 印度 宗教
✡️	star of David	六芒星	Jew Jewish religion 大卫之星 宗教 犹太
☸️	wheel of dharma	法轮	Buddhist religion 佛 宗教 达摩
☯️	yin yang	阴阳	religion tao taoist 太极 宗教 道 道教 阳 阴
✝️	latin cross	十字架	Christian religion 基督 天主教 宗教
☦️	orthodox cross	东正教十字架	Christian religion 东正教 十字架 基督 宗教
☪️	star and crescent	星月	islam Muslim religion 伊斯兰 宗教 穆斯林
☮️	peace symbol	和平符号	和平
🕎	menorah	烛台	candelabrum candlestick religion 光明节 宗教 灯台
🔯	dotted six-pointed star	带中间点的六芒星	fortune 六角星 命运
♈	Aries	白羊座	ram zodiac 公羊 星座
♉	Taurus	金牛座	bull ox zodiac 公牛 星座
♊	Gemini	双子座	twins zodiac 孪生子 星座
♋	Cancer	巨蟹座	crab zodiac 星座 螃蟹
♌	Leo	狮子座	lion zodiac 星座 雄狮
♍	Virgo	处女座	zodiac 星座 黄道十二宫
♎	Libra	天秤座	balance justice scales zodiac 平衡 星座 正义
♏	Scorpio	天蝎座	scorpion scorpius zodiac 星座 蝎子
♐	Sagittarius	射手座	archer zodiac 弓箭手 星座
♑	Capricorn	摩羯座	goat zodiac 山羊 星座
♒	Aquarius	水瓶座	bearer water zodiac 星座 水
♓	Pisces	双鱼座	fish zodiac 星座 鱼
⛎	Ophiuchus	蛇夫座	bearer serpent snake zodiac 星座 蛇
🔀	shuffle tracks button	随机播放音轨按钮	arrow crossed 交叉 打乱 随机
🔁	repeat button	重复按钮	arrow clockwise 循环播放 箭头 顺时针
🔂	repeat single button	重复一次按钮	arrow clockwise once 单曲循环 循环 箭头 顺时针
▶️	play button	播放按钮	arrow right triangle 三角 向右 箭头
⏩	fast-forward button	快进按钮	arrow double fast forward 双箭头 向前 快速
⏭️	next track button	下一个音轨按钮	arrow next scene next track triangle 三角 往后 箭头
⏯️	play or pause button	播放或暂停按钮	arrow right triangle 三角 向右
◀️	reverse button	倒退按钮	arrow left triangle 三角 后退 向左
⏪	fast reverse button	快退按钮	arrow double rewind 倒回 双箭头
⏮️	last track button	上一个音轨按钮	arrow previous scene previous track triangle 三角 箭头
🔼	upwards button	向上三角形按钮	arrow red 往上 箭头
⏫	fast up button	快速上升按钮	arrow double 双箭头 向上
🔽	downwards button	向下三角形按钮	arrow down red 往下 箭头
⏬	fast down button	快速下降按钮	arrow double 双箭头 向下
⏸️	pause button	暂停按钮	bar double vertical 停止 双条形
⏹️	stop button	停止按钮	square 方形 终止
⏺️	record button	录制按钮	circle 制作 圆
⏏️	eject button	推出按钮	向上三角 弹出
🎦	cinema	电影院	camera film movie 场所 影片
🔅	dim button	低亮度按钮	brightness low 亮度 低 昏暗
🔆	bright button	高亮度按钮	brightness 亮度 太阳 明亮
📶	antenna bars	信号强度条	bar cell mobile phone 天线 手机 条
📳	vibration mode	振动模式	cell mobile phone telephone 手机 震动
📴	mobile phone off	手机关机	cell telephone 关闭 手机
♀️	female sign	女性符号	woman 符号 雌性
♂️	male sign	男性符号	man 符号 雄性
⚧️	transgender symbol	跨性别符号	跨性别
✖️	multiply	乘	× cancel multiplication sign x 乘号 取消 相乘 符号
➕	plus	加	+ math sign 加号 十字 数学 相加 符号
➖	minus	减	- − math sign 减号 数学 横线 符号
➗	divide	除	÷ division math sign 数学 相除 符号 除号
♾️	infinity	无穷大	forever unbounded universal 宇宙 无尽 极大
‼️	double exclamation mark	双感叹号	! !! bangbang ！ ！！ 两个 吃惊 标点符号
⁉️	exclamation question mark	感叹疑问号	! !? ? interrobang punctuation ！ ！？ ？ 吃惊 标点符号 问号
❓	red question mark	红色问号	? punctuation 为什么 标点符号 问号
❔	white question mark	白色问号	? outlined punctuation ？ 为什么 标点符号 空心
❕	white exclamation mark	白色感叹号	! outlined punctuation ！ 吃惊 标点符号 空心
❗	red exclamation mark	红色感叹号	! punctuation ！ 吃惊 感叹号 标点符号
〰️	wavy dash	波浪型破折号	punctuation 标点符号 浪花
💱	currency exchange	货币兑换	bank money 兑换 外汇 换汇 汇率 流通
💲	heavy dollar sign	粗美元符号	currency money 美元 货币 金钱
✅	check mark button	勾号按钮	✓ 勾 勾号 打勾 按钮
✔️	check mark	勾号	✓ 对勾 打勾 正确 符号
❌	cross mark	叉号	× cancel multiplication multiply x 交叉 取消 相乘 符号
✳️	eight-spoked asterisk	八轮辐星号	* 星号
❇️	sparkle	火花	* 烟火 闪耀
#️⃣	keycap: #	按键: #	keycap 按键
*️⃣	keycap: *	按键: *	keycap 按键
0️⃣	keycap: 0	按键: 0	keycap 按键
1️⃣	keycap: 1	按键: 1	keycap 按键
2️⃣	keycap: 2	按键: 2	keycap 按键
3️⃣	keycap: 3	按键: 3	keycap 按键
4️⃣	keycap: 4	按键: 4	keycap 按键
5️⃣	keycap: 5	按键: 5	keycap 按键
6️⃣	keycap: 6	按键: 6	keycap 按键
7️⃣	keycap: 7	按键: 7	keycap 按键
8️⃣	keycap: 8	按键: 8	keycap 按键
9️⃣	keycap: 9	按键: 9	keycap 按键
🔟	keycap: 10	按键: 10	keycap 按键
🔠	input latin uppercase	输入大写拉丁字母	ABCD letters ABCD 打字 拉丁文 输入法
🔡	input latin lowercase	输入小写拉丁字母	abcd letters abcd 打字 拉丁文 输入法
🔢	input numbers	输入数字	1234 1234 打字
🔣	input symbols	输入符号	〒♪&% 字符 打字
🔤	input latin letters	输入拉丁字母	abc alphabet abc 字母 打字 拉丁文
🅰️	A button (blood type)	A型血	blood type a 按钮 血液
🆎	AB button (blood type)	AB型血	blood type ab 按钮 血液
🅱️	B button (blood type)	B型血	blood type b 按钮 血液
🆑	CL button	CL按钮	cl 手机 清理
🆒	COOL button	cool按钮	按键 酷
🆓	FREE button	免费按钮	不收费 按钮
ℹ️	information	信息	i 查询 资料
🆔	ID button	ID按钮	identity 按键 识别 身份
Ⓜ️	circled M	圆圈包围的M	circle 圈 字母 米
🆕	NEW button	new按钮	按键 新的
🆖	NG button	NG按钮	按键 花絮
🅾️	O button (blood type)	O 型血	blood type o O型血 按钮 血液
🆗	OK button	OK按钮	同意 按键
🅿️	P button	停车按钮	parking 按键 泊车
🆘	SOS button	SOS按钮	help 按键 求救
🆙	UP! button	up按钮	mark UP 向上 按键
🆚	VS button	VS按钮	versus 对决 按键
🈁	Japanese “here” button	日文的“这里”按钮	katakana ココ 按键 日文 此处
🈂️	Japanese “service charge” button	日文的“服务费”按钮	“service charge” katakana サ 按键 收费 日文 服务
🈷️	Japanese “monthly amount” button	日文的“月总量”按钮	“monthly amount” ideograph 月 按键 日文 月度 统计
🈶	Japanese “not free of charge” button	日文的“收费”按钮	“not free of charge” ideograph 有 按键 日文 费用
🈯	Japanese “reserved” button	日文的“预留”按钮	ideograph 指 按键 日文 预订
🉐	Japanese “bargain” button	日文的“议价”按钮	ideograph 得 按键 日文 讨价还价
🈹	Japanese “discount” button	日文的“打折”按钮	ideograph 割 折扣 按键 日文
🈚	Japanese “free of charge” button	日文的“免费”按钮	“free of charge” ideograph 無 免费 按键 日文
🈲	Japanese “prohibited” button	日文的“禁止”按钮	ideograph 禁 严禁 按键 日文
🉑	Japanese “acceptable” button	日文的“可接受”按钮	ideograph 可 按键 日文 许可
🈸	Japanese “application” button	日文的“申请”按钮	ideograph 申 日文 日语 申 申请 申请书 申请表
🈴	Japanese “passing grade” button	日文的“合格”按钮	“passing grade” ideograph 合 按键 日文 通过
🈳	Japanese “vacancy” button	日文的“有空位”按钮	ideograph 空 日文 日语 有空位 空 空位 空闲
㊗️	Japanese “congratulations” button	日文的“祝贺”按钮	ideograph 祝 庆贺 按键 日文
㊙️	Japanese “secret” button	日文的“秘密”按钮	ideograph 秘 保密 按键 日文
🈺	Japanese “open for business” button	日文的“开始营业”按钮	“open for business” ideograph 営 开门 按键 日文
🈵	Japanese “no vacancy” button	日文的“没有空位”按钮	“no vacancy” ideograph 満 座位 按键 日文 满
🔴	red circle	红色圆	geometric 圆 圈 红 红色
🟠	orange circle	橙色圆	圆 圈 橙
🟡	yellow circle	黄色圆	圆 圈 黄
🟢	green circle	绿色圆	圆 圈 绿
🔵	blue circle	蓝色圆	geometric 圈 蓝
🟣	purple circle	紫色圆	圆 圈 紫
🟤	brown circle	棕色圆	圆 圈 棕
⚫	black circle	黑色圆	geometric 圈 黑
⚪	white circle	白色圆	geometric 圈 白
🟥	red square	红色方块	方块 方框 正方形 红
🟧	orange square	橙色方块	方块 方框 橙 正方形
🟨	yellow square	黄色方块	方块 方框 正方形 黄
🟩	green square	绿色方块	方块 方框 正方形 绿
🟦	blue square	蓝色方块	方块 方框 正方形 蓝
🟪	purple square	紫色方块	方块 方框 正方形 紫
🟫	brown square	棕色方块	方块 方框 棕 正方形
⬛	black large square	黑线大方框	geometric 大 正方形 黑色
⬜	white large square	白线大方框	geometric 大 正方形 白色
◼️	black medium square	黑色中方块	geometric 中等 正方形 黑色
◻️	white medium square	白色中方块	geometric 中等 正方形 白色
◾	black medium-small square	黑色中小方块	geometric 中小 正方形 黑色
◽	white medium-small square	白色中小方块	geometric 中小 正方形 白色
▪️	black small square	黑色小方块	geometric 小 正方形 黑色
▫️	white small square	白色小方块	geometric 小 正方形 白色
🔶	large orange diamond	橙色大菱形	geometric 大 方片 橘黄色
🔷	large blue diamond	蓝色大菱形	geometric 大 方片 蓝色
🔸	small orange diamond	橙色小菱形	geometric 小 方片 橘黄色
🔹	small blue diamond	蓝色小菱形	geometric 小 方片 蓝色
🔺	red triangle pointed up	红色正三角	geometric 三角形 向上 正三角 红色
🔻	red triangle pointed down	红色倒三角	geometric 三角形 倒三角 向下 红色
💠	diamond with a dot	带圆点的菱形	comic geometric inside 中心 内部 圆 梅花形
🔘	radio button	单选按钮	geometric 单独 圆心 按键 选中
🔳	white square button	白色方形按钮	geometric outlined 按钮 白线方形按钮 白线正方形按钮 白色正方形按钮 白边线方形按钮 白边线正方形按钮
🔲	black square button	黑色方形按钮	geometric 按钮 黑线方形按钮 黑线正方形按钮 黑色正方形按钮 黑边线方形按钮 黑边线正方形按钮
🏁	chequered flag	终点旗	checkered racing 格子旗
🚩	triangular flag	三角旗	post 升旗 旗 旗杆上的三角旗 旗杆上的旗帜 红色旗帜
🎌	crossed flags	交叉旗	celebration cross Japanese 对叉 旗帜 日本
🏴	black flag	举黑旗	waving 黑旗 黑色旗 黑色旗子 黑色旗帜
🏳️	white flag	举白旗	waving 白旗 白色旗子 白色旗帜
🏳️‍🌈	rainbow flag	彩虹旗	pride 同性 多色 旗帜
🏳️‍⚧️	transgender flag	跨性别旗	light blue pink white 旗帜 跨性别
🏴‍☠️	pirate flag	海盗旗	Jolly Roger plunder treasure 掠夺 海上 财宝 骷髅`,
};
